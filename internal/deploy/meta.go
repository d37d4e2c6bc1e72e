package deploy

import (
	"bytes"
	"compress/gzip"
	"io"
	"path"
	"regexp"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/deploy/target"
	"qinglian/internal/publish"
)

// fingerprinted is the name of a file that has a digest of its bytes in it.
var fingerprinted = regexp.MustCompile(`\.[0-9a-f]{10}\.[a-z0-9]+$`)

// meta is what a file is served with. Browsers ask again soon for what changes in its
// place, and never for what gets another name when it changes.
func meta(name string) target.Meta {
	m := target.Meta{Type: address.MediaType(name), Cache: "public, max-age=3600"}
	switch {
	case fingerprinted.MatchString(name):
		m.Cache = "public, max-age=31536000, immutable"
	case publish.IsPage(name), path.Ext(name) == ".xml", strings.HasSuffix(name, "/index.js"):
		m.Cache = "public, max-age=300"
	}
	return m
}

// leastGzip is from how many bytes on compressing pays.
const leastGzip = 1 << 10

// packed is a body as it is kept where the target says how it is packed.
func packed(name string, body []byte) ([]byte, string) {
	text := strings.HasPrefix(address.MediaType(name), "text/") || strings.HasSuffix(address.MediaType(name), "xml") ||
		strings.HasPrefix(address.MediaType(name), "application/json")
	if !text || len(body) < leastGzip {
		return body, ""
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil || z.Close() != nil || b.Len() >= len(body) {
		return body, ""
	}
	return b.Bytes(), "gzip"
}

// unpacked is a body that was perhaps kept packed.
func unpacked(body []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return body
	}
	return plain
}
