package check

import (
	"qinglian/internal/content"
	"qinglian/internal/diag"
)

// longPicture is about pictures that are read like a page and have no text: how tall one
// is is only known when it is linked.
var longPicture = Rule{Name: "long-picture", Sure: High, Site: func(w *Whole) {
	for _, p := range w.Site.Pages {
		told := map[int]bool{p.Card.Cover: true} // references of what carries the text: directives, and fields
		p.Card.EachFact(func(f *content.Fact) {
			for _, ref := range f.Refs {
				told[ref] = true
			}
		})
		for _, d := range p.Directives {
			for _, arg := range d.Args {
				told[arg.Ref] = true
			}
		}
		for i, ref := range p.Refs {
			if !ref.Image || told[i] || i >= len(p.Targets) || p.Targets[i].File == nil ||
				p.Targets[i].File.Picture == nil {
				continue
			}
			if pic := p.Targets[i].File.Picture; pic.Height >= tall && pic.Height >= 3*pic.Width {
				w.Report(diag.Diagnostic{Rule: "long-picture", Severity: diag.Warning,
					Message: diag.Say("长图（%d×%d）里的文字，看不见图的人读不到，也搜不到",
						"the words in this long picture (%d×%d) can't be read aloud or found", pic.Width, pic.Height),
					Hint: diag.Say("写成 :::longpic{src=%s}，下面写图里的文字，再写一行 :::",
						"write :::longpic{src=%s}, its text below, and a line :::", ref.Dest),
				}.Placed(ref.Where))
			}
		}
	}
}}

// tall is from how many pixels of height on a picture is read like a page.
const tall = 1500
