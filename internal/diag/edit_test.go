package diag

import (
	"slices"
	"testing"
)

// TestEdits: what is recorded is played, and Diagnostics with equal edits are equal.
func TestEdits(t *testing.T) {
	for _, edits := range [][]Edit{nil, {{}}, {{3, 5, "丙"}}, {{1, 1, `"`}, {1 << 20, 1<<20 + 1, ""}}} {
		if got := Flat(edits...).All(); !slices.Equal(got, edits) {
			t.Errorf("recorded %v, played %v", edits, got)
		}
		a, b := Diagnostic{Rule: "r", Edits: Flat(edits...)}, Diagnostic{Rule: "r", Edits: Flat(slices.Clone(edits)...)}
		if a != b {
			t.Errorf("%v: two that are the same differ", edits)
		}
	}
}
