// Package qinglian holds the sample site, which is also the site in this folder
// (`qinglian init` writes it out), and the manual's pages about themes, which
// `qinglian theme export` writes with a theme.
package qinglian

import "embed"

// Sample is the sample site's files.
//
//go:embed config.toml content data
var Sample embed.FS

// ThemeManual is those pages, in docs/.
//
//go:embed docs/themes.md docs/view.md
var ThemeManual embed.FS
