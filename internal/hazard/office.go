package hazard

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// hasMacros reports an office document that holds a project of macros. Those that
// can't be seen at once, as in an old .ppt, are not looked for.
func hasMacros(raw []byte) bool {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return packedMacros(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return filedMacros(raw)
	}
	return false
}

// packedMacros looks into a document of today's Office: a zip with a list of what
// its parts are. Any other zip may hold what it likes.
func packedMacros(raw []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return false
	}
	document, found := false, false
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		document = document || name == "[content_types].xml"
		found = found || strings.HasSuffix("/"+name, "/vbaproject.bin") || strings.HasPrefix(name, "xl/macrosheets/")
	}
	return document && found
}

// filedMacros looks into a document of old Office, which is a little file system:
// its directory has entries of 128 bytes, each with a name in UTF-16, the length
// of that in bytes, and 2 for a file.
func filedMacros(raw []byte) bool {
	var name []byte
	for _, unit := range utf16.Encode([]rune("_VBA_PROJECT\x00")) {
		name = binary.LittleEndian.AppendUint16(name, unit)
	}
	for at := 512; at+128 <= len(raw); at += 128 {
		entry := raw[at : at+128]
		if bytes.HasPrefix(entry, name) && int(binary.LittleEndian.Uint16(entry[64:])) == len(name) && entry[66] == 2 {
			return true
		}
	}
	return false
}
