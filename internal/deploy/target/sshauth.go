package target

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// ErrPassphrase is what [OpenSFTP] returns when the key file is locked and it was given no
// passphrase, or one that does not open it.
var ErrPassphrase = fmt.Errorf("%w: the passphrase of the key file is missing or wrong", ErrRefused)

// login is how somebody says who it is. Its agent listens until it is closed.
type login struct {
	methods []ssh.AuthMethod
	agent   io.Closer // nil: none
	silent  error     // why the agent said nothing: of interest only if nothing else lets us in
}

// login gathers the ways of SFTP to say who it is.
func (at SFTP) login() (*login, error) {
	l := &login{}
	var own []ssh.Signer
	if at.KeyFile != "" {
		key, err := readKey(at.KeyFile, at.Passphrase)
		if err != nil {
			return nil, err
		}
		own = append(own, key)
	}
	keys := func() ([]ssh.Signer, error) { return own, nil }
	if at.Agent != "" {
		conn, err := dialAgent(at.Agent)
		if l.silent = err; err == nil {
			l.agent = conn
			keys = func() ([]ssh.Signer, error) {
				held, err := agent.NewClient(conn).Signers()
				l.silent = err
				return append(own, held...), nil
			}
		}
	}
	if at.KeyFile != "" || l.agent != nil {
		l.methods = append(l.methods, ssh.PublicKeysCallback(keys)) // one method: ssh tries only the first of a kind
	}
	if at.Password != "" {
		l.methods = append(l.methods, ssh.Password(at.Password), ssh.KeyboardInteractive(at.answer))
	}
	return l, nil
}

// close ends the talk with the agent, and adds to an error why there was none.
func (l *login) close(err error) error {
	if l.agent != nil {
		l.agent.Close() // nothing was written that could be lost
	}
	var unknown *UnknownHost
	var changed *ChangedHost
	if l.silent != nil && errors.Is(err, ErrRefused) && !errors.As(err, &unknown) && !errors.As(err, &changed) {
		return fmt.Errorf("%w (and no agent answers: %w)", err, l.silent)
	}
	return err
}

// answer answers a server that asks for the password as a question of its own, and no other.
func (at SFTP) answer(_, _ string, questions []string, echoes []bool) ([]string, error) {
	answers := make([]string, len(questions))
	for i, echo := range echoes {
		if echo || len(questions) > 1 {
			return nil, errors.New("the server asks for more than a password")
		}
		answers[i] = at.Password
	}
	return answers, nil
}

func readKey(file, passphrase string) (ssh.Signer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := ssh.ParsePrivateKey(text)
	var locked *ssh.PassphraseMissingError
	if !errors.As(err, &locked) {
		return key, fileError(file, err)
	}
	if key, err = ssh.ParsePrivateKeyWithPassphrase(text, []byte(passphrase)); err != nil {
		return nil, fmt.Errorf("%s: %w", file, ErrPassphrase)
	}
	return key, nil
}

func fileError(file string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", file, err)
}

// dialAgent connects to an ssh-agent: by a socket, on Windows by a named pipe as well.
func dialAgent(at string) (io.ReadWriteCloser, error) {
	if strings.HasPrefix(at, `\\.\pipe\`) {
		return os.OpenFile(at, os.O_RDWR, 0)
	}
	return net.Dial("unix", at)
}
