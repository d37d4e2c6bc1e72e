package bounds

import (
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml/parser"
)

// FuzzDecode: what passes is decoded soon.
func FuzzDecode(f *testing.F) {
	for _, piece := range []string{"[", "{a = ", "- ", "a.", "a: {", "\n a:", "&a [", "!!a [", "? ", "a: |\n", "\"", "'''", "# ", "*a, ", "[[a]]\n"} {
		f.Add("a = ", piece, uint16(2000))
		f.Add("a: ", piece, uint16(2000))
	}
	f.Fuzz(func(t *testing.T, head, piece string, n uint16) {
		if len(piece) > 100 {
			return
		}
		text := []byte(head + again(piece, int(n)))
		begun := time.Now()
		if Front.TOML(text) == nil {
			var v map[string]any
			_, _ = toml.Decode(string(text), &v) // it need not be TOML
		}
		if Front.YAML(text) == nil {
			_, _ = parser.ParseBytes(text, 0) // nor YAML
		}
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("%d bytes took %v: %q", len(text), took, text[:min(len(text), 200)])
		}
	})
}
