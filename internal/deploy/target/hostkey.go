package target

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/skeema/knownhosts"
	"golang.org/x/crypto/ssh"
	xknownhosts "golang.org/x/crypto/ssh/knownhosts"
)

// UnknownHost is what [OpenSFTP] returns for a server that nobody has agreed to yet: a
// person compares the fingerprint with what the server's staff says, and agrees or not.
type UnknownHost struct {
	Host        string // with its port where that is not 22
	Fingerprint string // "SHA256:…", as ssh and ssh-keygen show it
	line        string
}

func (u *UnknownHost) Error() string {
	return fmt.Sprintf("the server %s is not known; the fingerprint of its key is %s", u.Host, u.Fingerprint)
}

// Unwrap makes it a kind of [ErrRefused].
func (u *UnknownHost) Unwrap() error { return ErrRefused }

// Agree appends the server's key to a file in the form of known_hosts, which is made, with
// its folder, if it is not there.
func (u *UnknownHost) Agree(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = out.WriteString(u.line + "\n")
	return errors.Join(err, out.Close())
}

// ChangedHost is what [OpenSFTP] returns for a server that shows another key than the one
// that was agreed to: it was set up anew, or somebody stands in between.
type ChangedHost struct {
	Host  string
	Known []string // fingerprints, each with the file and line that has it
	Now   string
}

func (c *ChangedHost) Error() string {
	was := strings.Join(c.Known, ", ")
	return fmt.Sprintf("the key of the server %s has changed: its fingerprint is %s, it was %s", c.Host, c.Now, was)
}

// Unwrap makes it a kind of [ErrRefused].
func (c *ChangedHost) Unwrap() error { return ErrRefused }

// hostKeys are the keys of servers that were agreed to.
type hostKeys struct{ db *knownhosts.HostKeyDB }

// readHostKeys reads files in the form of known_hosts; those that are not there are passed over.
func readHostKeys(names []string) (hostKeys, error) {
	var there []string
	for _, name := range names {
		if _, err := os.Stat(name); err == nil {
			there = append(there, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return hostKeys{}, err
		}
	}
	db, err := knownhosts.NewDB(there...)
	return hostKeys{db}, err
}

// algorithms are those of the keys that are known of a server: it has several keys, and
// another one than the one agreed to would look like a changed one.
func (h hostKeys) algorithms(address string) []string { return h.db.HostKeyAlgorithms(address) }

// verify says of the key that a server shows what is wrong with it.
func (h hostKeys) verify(address string, remote net.Addr, key ssh.PublicKey) error {
	err := h.db.HostKeyCallback()(address, remote, key)
	host, now := knownhosts.Normalize(address), ssh.FingerprintSHA256(key)
	var other *xknownhosts.KeyError
	switch {
	case !errors.As(err, &other):
		return refused(err)
	case len(other.Want) == 0:
		return &UnknownHost{Host: host, Fingerprint: now, line: knownhosts.Line([]string{address}, key)}
	}
	changed := &ChangedHost{Host: host, Now: now}
	for _, known := range other.Want {
		was := ssh.FingerprintSHA256(known.Key)
		changed.Known = append(changed.Known, fmt.Sprintf("%s (%s:%d)", was, known.Filename, known.Line))
	}
	return changed
}
