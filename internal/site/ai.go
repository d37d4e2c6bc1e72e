package site

import "qinglian/internal/image"

// AI is the line that says to readers that AI had a part in a page's text or pictures;
// "" if nothing is known of that. GB 45438-2025 (4.2, 4.3) wants it in words that name
// 人工智能 and 生成 or 合成, and tells apart what is, what may be and what seems to be
// made so. What the writer says is of all that the page has; a picture's own label
// can't be denied.
func (p *Page) AI() string {
	if p.Card.AI {
		return "本文含有人工智能生成合成的内容"
	}
	surest := image.Unlabelled
	for _, t := range p.Targets {
		if t.File != nil && t.File.Picture != nil {
			surest = max(surest, t.File.Picture.Label.Certainty())
		}
	}
	return ofPictures[surest]
}

// ofPictures are the lines about the pictures of a page, by the surest of their labels.
var ofPictures = [...]string{
	image.Unlabelled: "",
	image.Suspected:  "本文的图片疑似由人工智能生成合成",
	image.Possible:   "本文的图片可能由人工智能生成合成",
	image.Certain:    "本文有人工智能生成合成的图片",
}
