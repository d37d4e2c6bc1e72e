package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/term"

	"qinglian/internal/deploy/target"
	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Secrets of places are in the environment (QINGLIAN_DEPLOY_NAME_PASSWORD and so on), or in
// a file of the user's own, outside of any site and readable by nobody else:
//
//	[k3v9x2m7q4t8w6r5.web]        the site's id, the place's name
//	password = "…"                 or passphrase; of s3: access_key, secret_key, token
//
// The id is part of the name so that a site that somebody hands over can't have the secrets
// of another one sent to where it likes.
const (
	secretsFile = "deploy.toml"
	agreedFile  = "known_hosts"
)

// secretKeys are what a place may need, as the file has it; in the environment it is in
// capitals.
var secretKeys = []string{"password", "passphrase", "access_key", "secret_key", "token"}

// secrets are those of a place, by secretKeys.
func (on *carriage) secrets() (map[string]string, error) {
	found, err := on.privateFile()
	if err != nil {
		return nil, err
	}
	own := found[on.config.ID][on.place.Name]
	out := make(map[string]string, len(secretKeys))
	for _, key := range secretKeys {
		out[key] = cmp.Or(os.Getenv(on.place.Secret(strings.ToUpper(key))), own[key])
	}
	return out, nil
}

// privateFile reads the file of secrets, if there is one and nobody else can read it.
func (on *carriage) privateFile() (all map[string]map[string]map[string]string, err error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, nil //nolint:nilerr // without such a folder there is no such file
	}
	name := filepath.Join(dir, settings, secretsFile)
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, failure{exitMachine, diag.Say("别人也能看 %s，里面有密码：运行 chmod 600 %[1]s",
			"others can read %s, which has passwords: run chmod 600 %[1]s", name)}
	}
	to, err := resolved(name)
	if err != nil {
		return nil, err
	}
	from, err := resolved(on.folder)
	if err != nil {
		return nil, err
	}
	if within(from, to) {
		return nil, failure{exitMachine, diag.Say("放密码的 %s 在网站文件夹里，会跟着网站给别人：把网站移到别处",
			"%s with the passwords is inside the site's folder, and would go where the site goes: move the site", name)}
	}
	if _, err := toml.DecodeFile(name, &all); err != nil {
		// What the decoder says has the line, and with it perhaps a password.
		return nil, failure{exitMachine, diag.Say("%s 写得不对：写成 [%s.%s] 一行，下面 password = \"…\"",
			"%s can't be read: write a line [%s.%s], and below it password = \"…\"", name, on.config.ID, on.place.Name)}
	}
	return all, nil
}

// fingerprint is the SHA-256 of a certificate.
var fingerprint = pattern.Of(`^([0-9A-Fa-f]{2}:?){32}$`)

// prepare finds all that a place on a server is asked with.
func (on *carriage) prepare() error {
	if !on.remote() {
		return nil
	}
	found, err := on.secrets()
	if err != nil {
		return err
	}
	on.at.Password, on.at.Passphrase = found["password"], found["passphrase"]
	on.at.KeyID, on.at.Secret, on.at.Token = found["access_key"], found["secret_key"], found["token"]
	on.at.Endpoint, on.at.Region, on.at.PathStyle = on.place.Endpoint, on.place.Region, on.place.PathStyle
	switch trusted := on.place.Trusted; {
	case fingerprint().MatchString(trusted):
		on.at.Pin = trusted
	case trusted != "":
		on.at.CA = under(on.folder, trusted)
	}
	if on.place.Key != "" {
		on.at.KeyFile = under(on.folder, on.place.Key)
	}
	on.at.Agent = os.Getenv("SSH_AUTH_SOCK")
	if home, err := os.UserHomeDir(); err == nil {
		on.at.KnownHosts = append(on.at.KnownHosts, filepath.Join(home, ".ssh", agreedFile))
	}
	if dir, err := os.UserConfigDir(); err == nil {
		on.at.KnownHosts = append(on.at.KnownHosts, filepath.Join(dir, settings, agreedFile))
	}
	return nil
}

// open connects to the place. Where somebody sits before a terminal, they are asked about a
// server that is new, and for a password that is missing.
func (on *carriage) open(ctx context.Context) (target.Target, error) {
	on.once.Lock()
	defer on.once.Unlock()
	for {
		t, err := target.Open(ctx, on.at)
		host := (*target.UnknownHost)(nil)
		again := false
		switch {
		case err == nil:
			on.found = true
			return t, nil
		case !on.found && target.Nowhere(err): // it need not be asked again for half a minute
			return nil, fmt.Errorf("%w: %w", target.ErrRefused, err)
		case errors.As(err, &host):
			again, err = on.agrees(host)
		case on.asks && on.wantsPassword(err):
			again, err = on.askPassword(err)
		}
		if !again {
			return nil, err
		}
	}
}

// wantsPassword reports whether a server that is the one that was agreed to does not let
// us in, and a password was not tried.
func (on *carriage) wantsPassword(err error) bool {
	changed, certificate := (*target.ChangedHost)(nil), (*target.UnknownCertificate)(nil)
	return on.remote() && on.place.Scheme != "s3" && on.at.Password == "" && errors.Is(err, target.ErrRefused) &&
		!errors.As(err, &changed) && !errors.As(err, &certificate)
}

// agrees reports whether somebody has agreed to a server, and notes it.
func (on *carriage) agrees(host *target.UnknownHost) (bool, error) {
	if on.agreed != host.Fingerprint {
		if !on.asks {
			return false, host
		}
		fmt.Fprintln(on.stderr, on.say(diag.Say("第一次连 %s，它的指纹是 %s。问机房核对，一样就输入 yes：",
			"%s is new; its fingerprint is %s. Ask its staff whether that is right, and type yes if so:", host.Host,
			host.Fingerprint)))
		answer := ""
		if _, err := fmt.Fscanln(os.Stdin, &answer); err != nil || answer != "yes" {
			return false, host
		}
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return false, err
	}
	return true, host.Agree(filepath.Join(dir, settings, agreedFile))
}

// askPassword asks for a password that is not shown and not kept.
func (on *carriage) askPassword(refused error) (bool, error) {
	fmt.Fprint(on.stderr, on.say(diag.Say("%s 的密码（不会显示）：", "password of %s (it is not shown): ", on.place.Name)))
	b, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(on.stderr)
	if err != nil || len(b) == 0 {
		return false, refused
	}
	on.at.Password = string(b)
	return true, nil
}

// unlet says why a server does not let us in, and what to do.
func (on *carriage) unlet(err error) diag.Text {
	host := (*target.UnknownHost)(nil)
	changed := (*target.ChangedHost)(nil)
	certificate := (*target.UnknownCertificate)(nil)
	switch {
	case errors.As(err, &host):
		return diag.Say("第一次连 %s，它的指纹是 %s：问机房核对，一样就再运行一次，加上 --trust %[2]s",
			"%s is new; its fingerprint is %s: ask its staff whether that is right; if so, run it again with --trust %[2]s",
			host.Host, host.Fingerprint)
	case errors.As(err, &changed):
		return diag.Say("服务器 %s 的指纹变了，现在是 %s，原来是 %s：服务器重装过，或者有人冒充。问过机房，确实换了，才删去原来的那一行",
			"the fingerprint of %s has changed to %s, it was %s: the server was set up anew, or somebody pretends to be it. Ask its staff; "+
				"only if it was, delete the old line", changed.Host, changed.Now, strings.Join(changed.Known, ", "))
	}
	if errors.As(err, &certificate) {
		return diag.Say("服务器的证书没有人担保：%s。问机房核对指纹，一样就在 [deploy.%s] 里写 certificate = \"%s\"",
			"nobody vouches for the server's certificate: %s. Ask its staff whether the fingerprint is right; if so, write into [deploy.%s]: "+
				"certificate = \"%s\"", target.Why(certificate.Reason), on.place.Name, certificate.Fingerprint)
	}
	file := secretsFile
	if dir, err := os.UserConfigDir(); err == nil {
		file = filepath.Join(dir, settings, secretsFile)
	}
	keys := []string{"password"}
	if on.place.Scheme == "s3" {
		keys = []string{"access_key", "secret_key"}
	}
	var lines, names []string
	for _, key := range keys {
		lines, names = append(lines, key+` = "…"`), append(names, on.place.Secret(strings.ToUpper(key)))
	}
	return diag.Say("%[1]s 不让进：%[2]s。密码放在环境变量 %[3]s，或文件 %[4]s 里：[%[5]s.%[1]s] 一行，下面 %[6]s",
		"%[1]s does not let us in: %[2]s. What is secret goes into the environment as %[3]s, or into the file %[4]s: a line "+
			"[%[5]s.%[1]s], below it %[6]s", on.place.Name, target.Why(err), strings.Join(names, " "), file,
		on.config.ID, strings.Join(lines, " "))
}
