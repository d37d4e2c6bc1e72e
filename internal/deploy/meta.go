package deploy

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"qinglian/internal/address"
	"qinglian/internal/deploy/target"
)

// meta is what a file is served with. Browsers never ask again for what gets another name
// when it changes, and soon for the rest, as servers are told by package channel/host.
func meta(name string) target.Meta {
	m := target.Meta{Type: address.MediaType(name), Cache: "public, max-age=300"}
	if address.Lasting(name) {
		m.Cache = "public, max-age=31536000, immutable"
	}
	return m
}

// leastGzip is from how many bytes on compressing pays.
const leastGzip = 1 << 10

// Pack compresses what a file holds, if it is such that this pays.
func Pack(name string, body []byte) ([]byte, bool) {
	kind := address.MediaType(name)
	text := strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "xml") ||
		strings.HasPrefix(kind, "application/xml") ||
		strings.HasPrefix(kind, "application/json")
	if !text || len(body) < leastGzip {
		return body, false
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(body); err != nil || z.Close() != nil || b.Len() >= len(body) {
		return body, false
	}
	return b.Bytes(), true
}

// mostUnpacked bounds what somebody else may have packed to be much more.
const mostUnpacked = 256 << 20

// Unpack is what [Pack] made smaller; what it did not is as it is.
func Unpack(body []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	plain, err := io.ReadAll(io.LimitReader(z, mostUnpacked))
	if err != nil {
		return body
	}
	return plain
}
