package xlsx

import (
	"slices"
	"strings"
)

// readSpeakers finds who speaks in the conversations beside cells. What they say is also
// in comments, for old programs, whose author is only the id of the conversation. Parts
// that can't be read are listed with all others.
func (r *reader) readSpeakers() {
	names := map[string]string{}
	for _, part := range r.Names {
		if strings.Contains(part, "/persons/") {
			root, _ := r.Tree(part)
			for _, n := range children(root) {
				names[strings.ToLower(n.Attr("id"))] = n.Attr("displayName")
			}
		}
	}
	r.speakers = map[string][]string{}
	for _, part := range r.Names {
		if !strings.Contains(part, "/threadedcomments/") {
			continue
		}
		root, _ := r.Tree(part)
		for _, n := range children(root) {
			id := n.Attr("parentId")
			if id == "" {
				id = n.Attr("id")
			}
			id = strings.ToLower(id)
			name := names[strings.ToLower(n.Attr("personId"))]
			if name != "" && !slices.Contains(r.speakers[id], name) {
				r.speakers[id] = append(r.speakers[id], name)
			}
		}
	}
}
