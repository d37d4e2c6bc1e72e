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

	Trust            // ftps, s3
	Endpoint, Region string
	PathStyle        bool
	KeyID, Secret    string
	Token            string
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
		return OpenSFTP(ctx, SFTP{Host: u.Host, User: u.User.Username(), Folder: below(u), KeyFile: at.KeyFile,
			Passphrase: at.Passphrase,
			Agent:      at.Agent, Password: at.Password, KnownHosts: at.KnownHosts})
	case "ftp", "ftps":
		return OpenFTP(ctx, FTP{Host: u.Host, Plain: at.Scheme == "ftp", User: u.User.Username(), Password: at.Password,
			Folder: strings.TrimPrefix(u.Path, "/"), Trust: at.Trust})
	case "s3":
		return OpenS3(ctx, S3{Endpoint: at.Endpoint, Region: at.Region, Bucket: u.Host,
			Prefix:    strings.Trim(u.Path, "/"),
			PathStyle: at.PathStyle, KeyID: at.KeyID, Secret: at.Secret, Token: at.Token, Trust: at.Trust})
	}
	return nil, fmt.Errorf("%w: nothing is known of %s", ErrRefused, at.Scheme)
}

// below is the folder of an address of SFTP: from the root on, or with "~" from the user's
// own. That of FTP is always from the user's own on, as browsers have it; ftp://HOST//FOLDER
// is from the root on.
func below(u *url.URL) string {
	if rest, ok := strings.CutPrefix(u.Path, "/~"); ok && (rest == "" || rest[0] == '/') {
		return strings.TrimPrefix(rest, "/")
	}
	return u.Path
}
