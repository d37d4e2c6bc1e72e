package cache

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"

	"qinglian/internal/digest"
)

// A log is a file of [Save] with changes behind its body: of each its length, a
// checksum, and itself. The checksum goes on from the one before, so a change counts
// only where it was put. What a build that was killed left of a change is none, and the
// next one is written over it. [Load], and a version of the program that knows no
// changes, takes a file with some for damaged.
const changeHeader = 8 + 4

// End is where a log ends. Its zero value is the end of none.
type End struct {
	at   int64
	sum  uint32
	body int64 // how long its body is
}

// SaveLog saves a log without changes.
func SaveLog(root *os.Root, name string, engine digest.Digest, body []byte) (End, error) {
	if err := Save(root, name, engine, body); err != nil {
		return End{}, err
	}
	length := int64(len(body))
	return End{int64(header) + length, crc32.Checksum(body, polynomial), length}, nil
}

// LoadLog reads what the program with the digest engine saved and what was added since.
// The End is zero if there is nothing whole.
func LoadLog(root *os.Root, name string, engine digest.Digest) (body string, changes []string, end End) {
	body, rest, sum, ok := load(root, name, engine)
	if !ok {
		return "", nil, End{}
	}
	end = End{int64(header) + int64(len(body)), sum, int64(len(body))}
	for len(rest) >= changeHeader {
		length := binary.LittleEndian.Uint64([]byte(rest[:8]))
		if length > uint64(len(rest)-changeHeader) {
			break
		}
		change := rest[changeHeader : changeHeader+length]
		sum := crc32.Update(end.sum, polynomial, []byte(change))
		if sum != binary.LittleEndian.Uint32([]byte(rest[8:changeHeader])) {
			break
		}
		changes, rest = append(changes, change), rest[changeHeader+length:]
		end.at, end.sum = end.at+changeHeader+int64(length), sum
	}
	return body, changes, end
}

// few is how many bytes of changes a log may have at any rate.
const few = 64 << 10

// Room reports whether a log takes a change of so many bytes. If not it is to be saved
// anew: reading it would take half as long again.
func (e End) Room(size int) bool {
	changes := e.at - int64(header) - e.body
	return e != End{} && changes+int64(size) <= max(few, e.body/2)
}

// Add adds a change at the end of a log. Nobody else may be adding to it.
func Add(root *os.Root, name string, end End, change []byte) (End, error) {
	f, err := root.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return end, err
	}
	sum := crc32.Update(end.sum, polynomial, change)
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, changeHeader+len(change)), uint64(len(change)))
	b = append(binary.LittleEndian.AppendUint32(b, sum), change...)
	_, err = f.WriteAt(b, end.at)
	if err = errors.Join(err, f.Close()); err != nil {
		return end, err
	}
	return End{end.at + int64(len(b)), sum, end.body}, nil
}
