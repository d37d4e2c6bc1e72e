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

// methods are the ways of SFTP to say who it is. An agent listens only until done is called.
func (at SFTP) methods() (methods []ssh.AuthMethod, done func(), err error) {
	done = func() {}
	var own []ssh.Signer
	if at.KeyFile != "" {
		key, err := readKey(at.KeyFile, at.Passphrase)
		if err != nil {
			return nil, done, err
		}
		own = append(own, key)
	}
	keys := func() ([]ssh.Signer, error) { return own, nil }
	if at.Agent != "" {
		conn, err := dialAgent(at.Agent)
		if err != nil {
			return nil, done, err
		}
		done = func() { conn.Close() } // nothing was written that could be lost
		keys = func() ([]ssh.Signer, error) {
			held, err := agent.NewClient(conn).Signers()
			return append(own, held...), err
		}
	}
	if at.KeyFile != "" || at.Agent != "" {
		methods = append(methods, ssh.PublicKeysCallback(keys)) // one method: ssh tries only the first of a kind
	}
	if at.Password != "" {
		methods = append(methods, ssh.Password(at.Password), ssh.KeyboardInteractive(at.answer))
	}
	return methods, done, nil
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
