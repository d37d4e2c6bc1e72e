package wechat

// compared is a part of the manual: the figures of docs/wechat-compare.mjs.
const compared = `
## 和别的工具比

示例网站的十篇文章，“青莲”样式，每格前面是本程序的，后面是 @wenyan-md/core 3.0.10（default 主题）的。要去掉的元素、class 和站外链接，微信会删掉，样子就变了。本程序的包括文章开头的各项、封面、二维码卡片，对方只有正文；标签比文字连表格一起算，文字少的（路线）比值大。算法和命令在 docs/wechat-compare.mjs 里。

*Ten articles of the sample site in the style 青莲: ours / @wenyan-md/core 3.0.10. Ours have the fields, the cover and the codes besides the text. docs/wechat-compare.mjs makes the figures and says how it is run.*

| 文章 | 要去掉的元素 | class 和 id | 站外链接 | 字节 | 标签比文字 |
|---|--:|--:|--:|--:|--:|
| examples/lotus-lease | 0 / 18 | 0 / 8 | 0 / 2 | 8514 / 10297 | 3.0 / 5.4 |
| education/gift-questions | 0 / 22 | 0 / 5 | 0 / 1 | 7330 / 8674 | 2.7 / 3.3 |
| education/eight-questions | 0 / 99 | 0 / 26 | 0 / 8 | 11211 / 17205 | 2.5 / 4.2 |
| education/lotus-poems | 0 / 16 | 0 / 17 | 0 / 5 | 8145 / 12135 | 2.5 / 2.3 |
| examples/hospital-cabinet | 0 / 18 | 0 / 5 | 0 / 1 | 6633 / 6477 | 2.1 / 1.5 |
| model-sites/tax-bureau | 0 / 18 | 0 / 5 | 0 / 1 | 9895 / 11346 | 3.3 / 3.5 |
| regulations/small-powers | 0 / 35 | 0 / 44 | 0 / 14 | 12674 / 18523 | 2.2 / 4.0 |
| routes/village-day | 0 / 2 | 0 / 1 | 0 / 0 | 4023 / 952 | 5.2 / 7.2 |
| activities/family-ledgers | 0 / 14 | 0 / 11 | 0 / 3 | 5539 / 6241 | 2.2 / 1.9 |
| notices/power-list | 0 / 13 | 0 / 11 | 0 / 3 | 4727 / 5340 | 2.4 / 2.5 |
`
