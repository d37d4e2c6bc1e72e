package image

import (
	"bytes"
	"errors"
	"image/jpeg"
	"io"
	"strings"

	"qinglian/internal/diag"
)

// broken is a picture that can't be read.
func broken(why diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "broken-picture", Severity: diag.Error,
		Message: diag.Say("图片打不开：%s", "the picture can't be read: %s", why),
		Hint: diag.Say("重新复制或下载一次，或者用看图软件打开后另存为 .jpg",
			"copy or download it again, or open it in a viewer and save it as .jpg")}
}

var endsEarly = diag.Say("文件不完整，后面缺了一段", "the file is not whole, its end is missing")

// undecoded is a picture whose head was right.
func undecoded(err error) *diag.Diagnostic {
	if _, rare := errors.AsType[jpeg.UnsupportedError](err); rare {
		return odd("JPEG")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return broken(endsEarly)
	}
	return broken(diag.Say("里面的数据坏了", "its data is damaged"))
}

// odd is a picture that is whole but coded in a way that we do not read.
func odd(what string) *diag.Diagnostic {
	return notShown(diag.Say("%s，这种编码很少见，不能处理", "%s is a rare coding that can't be worked on", what))
}

func notShown(message diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "unshown-picture", Severity: diag.Error, Message: message,
		Hint: diag.Say("用看图软件另存为 .jpg；苹果手机可在“设置、相机、格式”里选“兼容性最佳”",
			"save it as .jpg; on an iPhone choose Settings, Camera, Formats, Most Compatible")}
}

func hugeBy(message diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "huge-picture", Severity: diag.Error, Message: message,
		Hint: diag.Say("用看图软件缩小到宽 4000 像素以内", "scale it down to a width of 4000 pixels or less")}
}

// Heavy is the message about a file of so many bytes, which is more than are read.
func Heavy(bytes int64) *diag.Diagnostic {
	return hugeBy(diag.Say("图片文件太大：%d MB，最多 %d MB",
		"the picture's file is too large: %d MB; %d are the most", bytes>>20, MaxBytes>>20))
}

// misnamed is not an error: the published file gets the right name.
func misnamed(f Format, ext string) *diag.Diagnostic {
	if ext == "" {
		ext = "…"
	}
	return &diag.Diagnostic{Rule: "misnamed-picture", Severity: diag.Warning,
		Message: diag.Say("这是 %s 图片，文件名却是 %s", "this is a %s picture, but it is called %s", f, ext),
		Hint:    diag.Say("把扩展名改成 %s，文章里也一起改", "rename it to %s, in the article too", f.Ext())}
}

// forPrint is not an error: the picture is right but for the tone, which only
// the printer's profile and a program that computes with it can give.
func forPrint() *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "cmyk-picture", Severity: diag.Warning,
		Message: diag.Say("这张图片用的是印刷颜色（CMYK），在屏幕上可能偏色",
			"the picture has colours for printing (CMYK), which may look different on a screen"),
		Hint: diag.Say("用制图软件转换成 RGB 颜色，另存为 .jpg",
			"convert it to RGB in the program it was made with and save it as .jpg")}
}

func cleaned(dropped []string) *diag.Diagnostic {
	return &diag.Diagnostic{Rule: "cleaned-svg", Severity: diag.Warning,
		Message: diag.Say("发布时从 SVG 里去掉了：%s",
			"removed from the SVG when it is published: %s", strings.Join(dropped, ", ")),
		Hint: diag.Say("看看发布的图是否完整；用绘图软件另存为普通 SVG 就不再提示",
			"look whether the published drawing is complete; saving it as a plain SVG ends this message")}
}

// signatures are how files begin that are mistaken for pictures of the web.
var signatures = []struct{ at, head, name string }{
	{"", "II*\x00", "TIFF"}, {"", "MM\x00*", "TIFF"},
	{"", "BM", "BMP"},
	{"", "8BPS", "Photoshop"},
	{"", "\x00\x00\x01\x00", "ICO"},
	{"", "\xff\x0a", "JPEG XL"}, {"", "\x00\x00\x00\x0cJXL ", "JPEG XL"},
	{"", "\x00\x00\x00\x0cjP  ", "JPEG 2000"},
	{"", "%PDF", "PDF"},
	{"", "\x1f\x8b", "SVGZ"},
	{"", "\xd7\xcd\xc6\x9a", "WMF"}, {"", "\x01\x00\x00\x00", "EMF"},
	{"", "%!PS", "EPS"},
	{"????", "ftypavif", "AVIF"}, {"????", "ftypavis", "AVIF"},
	{"????", "ftyphe", "HEIC"}, {"????", "ftypmif1", "HEIC"}, {"????", "ftypmsf1", "HEIC"},
	{"????", "ftyp", "video"},
	{"", "PK\x03\x04", "ZIP"},
}

func unshown(raw []byte) *diag.Diagnostic {
	for _, s := range signatures {
		if len(raw) > len(s.at) && hasPrefix(raw[len(s.at):], s.head) {
			name := s.name
			if name == "HEIC" && bytes.Contains(raw[:min(64, len(raw))], []byte("avif")) {
				name = "AVIF" // "mif1" is the family, the brand follows
			}
			return notShown(diag.Say("这是 %s 文件，浏览器不能当图片显示",
				"this is a %s file, which browsers can't show as a picture", name))
		}
	}
	return broken(diag.Say("内容不是图片", "what it holds is not a picture"))
}
