package markdown

// ownBlocks are the directives that are the dialect's own: they say where lines
// stand or fold them, and need no template of a theme. 公文 end with a signature,
// and Notepad and WPS users look for the middle and the right. What is folded opens
// without a script.
var ownBlocks = []DirectiveSpec{
	{"signature", "落款", MustBody, nil},
	{"center", "居中", MustBody, nil},
	{"right", "居右", MustBody, nil},
	{detailsName, "折叠", MustBody, []ArgSpec{{Key: "title", Label: "标题"}}},
}

const detailsName = "details"

// OwnNamed reports whether a name, or a label, is that of a block of the dialect
// itself, which a theme can't have for its own.
func OwnNamed(name string) bool {
	_, own := specNamed(ownBlocks, name)
	return own
}

// placesLines reports an own block that says where its lines stand.
func placesLines(name string) bool {
	spec, own := specNamed(ownBlocks, name)
	return own && spec.Name != detailsName
}

// ownBlock writes one of them: <div class="signature">.
func (r *renderer) ownBlock(n *directiveNode, spec DirectiveSpec) {
	r.body(n, spec)
	args := r.arguments(n, spec)
	switch {
	case spec.Name == detailsName:
		r.details(n, args)
		return
	case n.FirstChild() == nil:
		return
	}
	r.within(n, `<div class="`+spec.Name+`">`, "</div>")
	r.said = nil
}

// details writes what is folded under its title.
func (r *renderer) details(n *directiveNode, args []Arg) {
	title := "详细内容"
	if len(args) > 0 {
		title = args[0].Value
	}
	r.write("<details><summary>")
	r.html = appendEscaped(r.html, title)
	r.write("</summary>")
	r.within(n, "", "</details>")
	r.said = nil
}
