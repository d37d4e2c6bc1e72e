// Package themes holds the themes that are built into the program.
package themes

import "embed"

// FS is the built-in themes, a folder each.
//
//go:embed lotus plain
var FS embed.FS
