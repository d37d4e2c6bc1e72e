package markdown

// ownBlocks are the directives that are the dialect's own: they say where lines
// stand, and need no template of a theme. 公文 end with a signature, and Notepad
// and WPS users look for the middle and the right.
var ownBlocks = []DirectiveSpec{
	{"signature", "落款", MustBody, nil},
	{"center", "居中", MustBody, nil},
	{"right", "居右", MustBody, nil},
}

// OwnNamed reports whether a name, or a label, is that of a block of the dialect
// itself, which a theme can't have for its own.
func OwnNamed(name string) bool {
	_, own := specNamed(ownBlocks, name)
	return own
}

// ownBlock writes one of them: <div class="signature">.
func (r *renderer) ownBlock(n *directiveNode, spec DirectiveSpec) {
	r.body(n, spec)
	r.arguments(n, spec)
	if n.FirstChild() == nil {
		return
	}
	r.within(n, `<div class="`+spec.Name+`">`, "</div>")
	r.last = 0
}
