package wechat

import (
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// captioned reports a picture below which the text says what it shows: on the next line,
// or on that below further pictures of the same.
func captioned(n *nethtml.Node, alt string) bool {
	around := []string{"p", "a", "figure", "div", "span"}
	for n != nil {
		next := n.NextSibling
		for next != nil && strings.TrimSpace(words(next)) == "" && shows(next, alt) {
			next = next.NextSibling
		}
		if next != nil {
			line := ""
			firstLine(next, &line)
			return alt != "" && slices.Equal(strings.Fields(line), strings.Fields(alt))
		}
		if n = n.Parent; n == nil || !slices.Contains(around, n.Data) {
			return false
		}
	}
	return false
}

// firstLine adds the text in a node to a line; ended reports that the line ends there.
func firstLine(n *nethtml.Node, line *string) (ended bool) {
	if n.Type == nethtml.TextNode {
		*line += n.Data
		return false
	}
	for c := range n.ChildNodes() {
		if firstLine(c, line) {
			return true
		}
	}
	return strings.TrimSpace(*line) != "" && (n.Data == "br" || block(n))
}

// shows reports that there is no other picture in a node than of what alt says.
func shows(n *nethtml.Node, alt string) bool {
	if n.Data == "img" && attribute(n, "alt") != alt {
		return false
	}
	for img := range n.Descendants() {
		if img.Data == "img" && attribute(img, "alt") != alt {
			return false
		}
	}
	return true
}
