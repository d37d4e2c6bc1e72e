package main

import (
	"bytes"
	"debug/elf"
	"errors"
	"io"
	"os"

	"qinglian/internal/digest"
	"qinglian/internal/pattern"
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
	if id := buildID(f); id != "" {
		return digest.New("program").String(id).Sum(), nil
	}
	return digest.OfAll(f)
}

// ownID is the form of build IDs of the go command: what the program was made from, and last
// a digest of what came of it (cmd/go/internal/work, buildid.go). One that was given to the
// linker by hand may be the same for every program.
var ownID = pattern.Of(`^[\w-]{20}(/[\w-]{20}){3}$`)

// idWithin is how many bytes of a file are looked through for its build ID, which stands where
// the program's code begins. The go command looks through as many (cmd/internal/buildid).
const idWithin = 32 << 10

// buildID reads the build ID out of a program, "" if there is none that stands for it or that
// can be read: from a note of an ELF file, of others from where their code begins.
func buildID(f *os.File) string {
	var id []byte
	if file, err := elf.NewFile(f); err == nil {
		if note := file.Section(".note.go.buildid"); note != nil {
			const head = 16 // three numbers and "Go", see ELF's notes
			data, err := note.Data()
			if err != nil {
				return "" // what packs programs leaves headers behind that the system does not look at
			}
			id = data[min(head, len(data)):]
		}
	} else {
		start, err := io.ReadAll(io.NewSectionReader(f, 0, idWithin))
		if err != nil {
			return ""
		}
		_, rest, _ := bytes.Cut(start, []byte("\xff Go build ID: \""))
		id, _, _ = bytes.Cut(rest, []byte(`"`))
	}
	if id = bytes.TrimRight(id, "\x00"); !ownID().Match(id) {
		return ""
	}
	return string(id)
}
