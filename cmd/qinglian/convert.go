package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"qinglian/internal/diag"
	"qinglian/internal/imports"
	"qinglian/internal/rooted"
)

// longestConversion is how long LibreOffice may take: it starts within a minute, and
// waits for ever where it asks for something.
const longestConversion = 3 * time.Minute

// officeSettings keep LibreOffice from running what is in a document and from fetching
// what it refers to.
var officeSettings = []struct{ path, name, value string }{
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
	{"/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
	{"/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"},
	{"/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
	{"/org.openoffice.Office.Writer/Content/Update", "Link", "2"},
}

// registry is the file in which LibreOffice finds its settings.
func registry() []byte {
	out := []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<oor:items xmlns:oor="http://openoffice.org/2001/registry">`)
	for _, s := range officeSettings {
		out = fmt.Appendf(out, "\n"+
			`<item oor:path="%s"><prop oor:name="%s" oor:op="fuse"><value>%s</value></prop></item>`,
			s.path, s.name, s.value)
	}
	return append(out, "\n</oor:items>\n"...)
}

// converted is the .docx that LibreOffice makes of a document. It works on a copy, in a
// folder of its own that goes afterwards, and with settings of its own: it neither
// touches nor waits for one that somebody has open.
func converted(d imports.Document) (docx []byte, refused diag.Text, err error) {
	office := officeProgram()
	if office == "" {
		return nil, diag.Say("--convert 要用 LibreOffice，这台电脑上没有找到：到 zh-cn.libreoffice.org 下载安装；"+
			"或者用 Word、WPS 打开这个文件，“另存为”.docx",
			"--convert needs LibreOffice, which was not found on this computer: install it from libreoffice.org, "+
				"or open the file with Word or WPS and save it as .docx"), nil
	}
	folder, err := os.MkdirTemp("", "qinglian-convert-")
	if err != nil {
		return nil, refused, err
	}
	defer rooted.RemoveFolder(folder) //nolint:errcheck // a folder of the system's for what may stay
	copied := filepath.Join(folder, "document"+strings.ToLower(filepath.Ext(d.Name)))
	if err = prepare(folder, copied, d.Content); err != nil {
		return nil, refused, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, done := context.WithTimeout(ctx, longestConversion)
	defer done()
	failed := officeCommand(ctx, office, folder, copied).Run()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, diag.Say("LibreOffice 转换了 %d 分钟还没有完，停下了：用 Word 或 WPS 打开，“另存为”.docx",
			"LibreOffice had not finished after %d minutes and was stopped: "+
				"open the file with Word or WPS and save it as .docx",
			int(longestConversion.Minutes())), nil
	}
	if ctx.Err() != nil {
		return nil, refused, ctx.Err()
	}
	docx, err = readUpTo(filepath.Join(folder, "out", "document.docx"), imports.MaxBytes+1)
	if errors.Is(err, fs.ErrNotExist) || err == nil && failed != nil {
		return nil, diag.Say("LibreOffice 没能转换：文件可能坏了或加了密码，用 Word 或 WPS 打开看看，“另存为”.docx",
			"LibreOffice could not convert it: the file may be broken or have a password; "+
				"open it with Word or WPS and save it as .docx"), nil
	}
	return docx, refused, err
}

// prepare lays out what LibreOffice works with.
func prepare(folder, copied string, content []byte) error {
	settings := filepath.Join(folder, "profile", "user", "registrymodifications.xcu")
	if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(settings, registry(), 0o600); err != nil {
		return err
	}
	return os.WriteFile(copied, content, 0o600)
}

func officeCommand(ctx context.Context, office, folder, file string) *exec.Cmd {
	profile := filepath.ToSlash(filepath.Join(folder, "profile"))
	at := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(profile, "/")}
	c := exec.CommandContext(ctx, office, "-env:UserInstallation="+at.String(), "--headless", "--norestore",
		"--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
		filepath.Join(folder, "out"), file)
	c.WaitDelay = 10 * time.Second
	endTogether(c)
	return c
}

// officeProgram is where LibreOffice is; "" if it is not found. Its installers for
// Windows and macOS do not enter it into the path.
func officeProgram() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	windows := filepath.Join("LibreOffice", "program", "soffice.com")
	for _, usual := range []string{
		filepath.Join(cmp.Or(os.Getenv("ProgramFiles"), `C:\Program Files`), windows),
		filepath.Join(cmp.Or(os.Getenv("ProgramFiles(x86)"), `C:\Program Files (x86)`), windows),
		"/Applications/LibreOffice.app/Contents/MacOS/soffice",
	} {
		if info, err := os.Stat(usual); err == nil && info.Mode().IsRegular() {
			return usual
		}
	}
	return ""
}

// readUpTo reads at most n bytes of a file.
func readUpTo(name string, n int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}
