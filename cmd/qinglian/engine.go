package main

import (
	"io"
	"iter"
	"os"
	"runtime"
	"time"

	"qinglian/internal/cache"
	"qinglian/internal/cores"
	"qinglian/internal/digest"
	"qinglian/internal/flat"
	"qinglian/internal/source"
)

// measured is what is kept of the program's own file: its digest, by its
// stamp.
type measured struct {
	name   string
	stamp  source.Stamp
	digest digest.Digest
}

func (m *measured) tape(t *flat.Tape) {
	t.String(&m.name)
	m.stamp.Tape(t)
	t.Bytes(m.digest[:])
}

// engine stands for the program itself: what another version made is not taken
// over. Its file is read once, as long as it keeps its stamp.
func engine(root *os.Root) (digest.Digest, error) {
	name, err := os.Executable()
	if err != nil {
		return digest.Digest{}, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return digest.Digest{}, err
	}
	now := measured{name: name, stamp: source.NewStamp(info)}
	if body, ok := cache.Load(root, own+"/engine", digest.Digest{}); ok {
		var last measured
		t := flat.Play(body)
		last.tape(t)
		if t.Whole() && last.name == now.name && last.stamp == now.stamp {
			return last.digest, nil
		}
	}
	if now.digest, err = digestOf(name); err != nil {
		return digest.Digest{}, err
	}
	if time.Since(time.Unix(0, now.stamp.Latest())) < time.Minute {
		return now.digest, nil // it may be written anew within one tick of its clock
	}
	var t flat.Tape
	now.tape(&t)
	return now.digest, cache.Save(root, own+"/engine", digest.Digest{}, t.Recorded())
}

// piece is how much of the program's file is read by one core at a time.
const piece = 1 << 20

// digestOf is the digest of a file, of its pieces: it is read on all cores and never in
// memory as a whole.
func digestOf(name string) (digest.Digest, error) {
	f, err := os.Open(name)
	if err != nil {
		return digest.Digest{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return digest.Digest{}, err
	}
	pieces := make([]digest.Digest, info.Size()/piece+1)
	err = cores.Share(len(pieces), runtime.GOMAXPROCS(0), func(numbers iter.Seq[int]) (err error) {
		for i := range numbers {
			if pieces[i], err = digest.OfAll(io.NewSectionReader(f, int64(i)*piece, piece)); err != nil {
				return err
			}
		}
		return nil
	})
	return digest.New("program").Digest(pieces...).Sum(), err
}
