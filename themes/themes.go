// Package themes holds the themes that are built into the program, and the
// directives that each of them shows.
package themes

import "embed"

// FS is the built-in themes, a folder each, and directives.toml beside them.
//
//go:embed lotus plain directives.toml
var FS embed.FS
