package target

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Place is where a target is and who asks for it. What a protocol has no use for is empty.
type Place struct {
	Scheme string // folder, zip, or that of To
	To     string // an address without secrets, or the path of a folder or archive
	Ledger string // zip: the file of the ledger
	Now    time.Time

	KeyFile    string // sftp: a private key
	Agent      string // sftp: the socket of an agent
	KnownHosts []string
	Password   string
	Passphrase string // of KeyFile
}

// Open connects to a place.
func Open(ctx context.Context, at Place) (Target, error) {
	switch at.Scheme {
	case "folder":
		return OpenFolder(at.To)
	case "zip":
		return OpenZip(at.To, at.Ledger, at.Now), nil
	}
	u, err := url.Parse(at.To)
	if err != nil {
		return nil, fmt.Errorf("%w: the address can't be read", ErrRefused)
	}
	switch at.Scheme {
	case "sftp":
		return OpenSFTP(ctx, SFTP{Host: u.Host, User: u.User.Username(), Folder: below(u), KeyFile: at.KeyFile, Passphrase: at.Passphrase,
			Agent: at.Agent, Password: at.Password, KnownHosts: at.KnownHosts})
	}
	return nil, fmt.Errorf("%w: nothing is known of %s", ErrRefused, at.Scheme)
}

// below is the folder of an address: from the root on, or with "~" from the user's own.
func below(u *url.URL) string {
	if rest, ok := strings.CutPrefix(u.Path, "/~"); ok && (rest == "" || rest[0] == '/') {
		return strings.TrimPrefix(rest, "/")
	}
	return u.Path
}
