// Package qinglian holds the sample site, which is also the site in this
// folder: `qinglian init` writes it out.
package qinglian

import "embed"

// Sample is the sample site's files.
//
//go:embed config.toml content data
var Sample embed.FS
