package main

import (
	"bytes"
	"debug/elf"
	"errors"
	"io"
	"os"
	"regexp"

	"qinglian/internal/digest"
)

// engine stands for the program itself: what another version made is not taken over.
func engine() (digest.Digest, error) {
	name, err := os.Executable()
	if err != nil {
		return digest.Digest{}, err
	}
	return engineOf(name)
}

// engineOf stands for a program: by the build ID that the go command wrote into its file,
// or, if somebody had that left out, by all of the file.
func engineOf(name string) (of digest.Digest, err error) {
	f, err := os.Open(name)
	if err != nil {
		return of, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if id, err := buildID(f); err != nil || id != "" {
		return digest.New("program").String(id).Sum(), err
	}
	return digest.OfAll(f)
}

// contentID is the form of build IDs of the go command: what the program was made from, and
// last a digest of what came of it (cmd/go/internal/work, buildid.go).
var contentID = regexp.MustCompile(`^[\w-]{20}(/[\w-]{20}){3}$`)

// begun is how much of a file is searched for its build ID, which stands in front of the
// program's text. The go command searches as much (cmd/internal/buildid).
const begun = 32 << 10

// buildID reads the build ID out of a program, "" if there is none that stands for it: in a
// note, or else before the text of the program.
func buildID(f *os.File) (string, error) {
	var id []byte
	if program, err := elf.NewFile(f); err == nil {
		if note := program.Section(".note.go.buildid"); note != nil {
			const head = 16 // three numbers and "Go", see ELF's notes
			data, err := note.Data()
			if err != nil {
				return "", err
			}
			id = data[min(head, len(data)):]
		}
	} else {
		head, err := io.ReadAll(io.NewSectionReader(f, 0, begun))
		if err != nil {
			return "", err
		}
		_, rest, _ := bytes.Cut(head, []byte("\xff Go build ID: \""))
		id, _, _ = bytes.Cut(rest, []byte(`"`))
	}
	if id = bytes.TrimRight(id, "\x00"); !contentID.Match(id) {
		return "", nil
	}
	return string(id), nil
}
