package host

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// types are what files are that a site of ours may have, by the ending of the name.
var types = map[string]string{
	"html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
	"json": "application/json", "xml": "application/xml", "webmanifest": "application/manifest+json",
	"txt": "text/plain", "csv": "text/csv", "vtt": "text/vtt",
	"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
	"webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon",
	"woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
	"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm",
	"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav",
	"pdf": "application/pdf", "ofd": "application/ofd",
	"doc":  "application/msword",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xls":  "application/vnd.ms-excel",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"ppt":  "application/vnd.ms-powerpoint",
	"pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"wps":  "application/wps-office.wps", "et": "application/wps-office.et", "dps": "application/wps-office.dps",
	"zip": "application/zip", "rar": "application/vnd.rar", "7z": "application/x-7z-compressed",
}

// kindOf is a type with the endings that it has.
type kindOf struct {
	Type string
	Exts []string
}

// Types are the types by name.
func (server) Types() []kindOf {
	endings := map[string][]string{}
	for _, ext := range slices.Sorted(maps.Keys(types)) {
		endings[types[ext]] = append(endings[types[ext]], ext)
	}
	var all []kindOf
	for name, exts := range endings {
		all = append(all, kindOf{name, exts})
	}
	slices.SortFunc(all, func(a, b kindOf) int { return cmp.Compare(a.Type, b.Type) })
	return all
}

// Compressed are the types of text, which grow smaller, without that of pages.
func (v server) Compressed() []string {
	var names []string
	for _, k := range v.Types() {
		text := strings.HasPrefix(k.Type, "text/") || strings.HasSuffix(k.Type, "xml") ||
			strings.HasSuffix(k.Type, "json")
		if text && k.Type != types["html"] {
			names = append(names, k.Type)
		}
	}
	return names
}
