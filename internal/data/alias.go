package data

import (
	"bytes"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"qinglian/internal/bounds"
)

// expanded reports a text in YAML whose aliases stand for too many values: nine of
// what has nine of what has nine, and so on, is a million in seven lines.
func expanded(text []byte) *bounds.Excess {
	if bytes.IndexByte(text, '*') < 0 || bytes.IndexByte(text, '&') < 0 {
		return nil
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil // the decoder reports it
	}
	a := aliases{most: bounds.Data.Values, sizes: map[string]int{}}
	for _, doc := range file.Docs {
		if doc.Body != nil && a.size(doc.Body) > a.most {
			return bounds.Data.TooMany(a.at)
		}
	}
	return nil
}

// aliases counts values as if each alias were what it stands for.
type aliases struct {
	most  int
	sizes map[string]int // by anchor; one that is not closed yet is not in it
	at    int            // where there were too many first
}

// size is how many values a part of the text stands for, most+1 if there are more.
func (a *aliases) size(n ast.Node) int {
	switch n := n.(type) {
	case *ast.AnchorNode:
		size := a.size(n.Value)
		a.sizes[n.Name.GetToken().Value] = size
		return size
	case *ast.AliasNode:
		if size, ok := a.sizes[n.Value.GetToken().Value]; ok {
			return size
		}
		return 1 // there is none, or it is in itself: the decoder reports it
	case *ast.TagNode:
		return a.size(n.Value)
	case *ast.MappingValueNode:
		return a.sum(n, n.Value)
	case *ast.MappingNode:
		inner := make([]ast.Node, len(n.Values))
		for i, v := range n.Values {
			inner[i] = v
		}
		return a.sum(n, inner...)
	case *ast.SequenceNode:
		return a.sum(n, n.Values...)
	}
	return 1
}

func (a *aliases) sum(of ast.Node, inner ...ast.Node) int {
	sum := 1
	for _, n := range inner {
		if sum += a.size(n); sum > a.most {
			if a.at == 0 {
				a.at = max(0, of.GetToken().Position.Offset-1)
			}
			return a.most + 1
		}
	}
	return sum
}
