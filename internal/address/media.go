package address

import (
	"path"
	"strings"
)

// types are the media types of what a site consists of: those that a system
// has registered are not always right (on Windows scripts have been text).
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".svg": "image/svg+xml", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
	".webp": "image/webp", ".ico": "image/x-icon", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".mp4": "video/mp4",
	".webm": "video/webm", ".pdf": "application/pdf", ".zip": "application/zip",
}

// MediaType is the media type of a published file by its name, "" if it is not known.
func MediaType(name string) string { return types[strings.ToLower(path.Ext(name))] }
