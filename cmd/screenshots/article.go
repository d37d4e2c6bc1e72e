package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The README shows an article, and what becomes of it: both pictures are made of the
// very lines that stand there.
const (
	articleFile    = "content/examples/three-books.md"
	articlePage    = "examples/three-books.html"
	articlePicture = "liuhe-board.svg"
)

// article takes the README's article as a page and as an article for WeChat; and, with
// the same program, the manual's picture of an import and the guide's of the start page.
func article(ctx context.Context, out string) error {
	text, err := typed("README.md")
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "qinglian")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program, site := filepath.Join(folder, "qinglian"), filepath.Join(folder, "site")
	for _, command := range [][]string{{"go", "build", "-o", program, "./cmd/qinglian"}, {program, "init", site}} {
		if said, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", command, err, said)
		}
	}
	picture, err := os.ReadFile(filepath.Join("content", "model-sites", articlePicture))
	if err != nil {
		return err
	}
	beside := filepath.Join(site, filepath.Dir(articleFile), articlePicture)
	if err := errors.Join(os.WriteFile(filepath.Join(site, articleFile), []byte(text), 0o644),
		os.WriteFile(beside, picture, 0o644)); err != nil {
		return err
	}
	serve := exec.CommandContext(ctx, program, "serve", "--source", site, "--port", "0")
	base, end, err := serving(serve)
	defer end()
	if err != nil {
		return err
	}
	if said, err := exec.Command(program, "build", "--source", site).CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, said)
	}
	page := shot{page: articlePage, mode: "plain", width: 375, height: 760, file: "article.png"}
	if err := page.take(ctx, filepath.Join(site, "public"), out); err != nil {
		return err
	}
	if err := imported(ctx, base, folder, out); err != nil {
		return err
	}
	if err := start(ctx, program, folder, out); err != nil {
		return err
	}
	return shot{width: 375, height: 760, file: "wechat.png"}.takeAt(ctx, base+".preview/wechat/frame?page="+articlePage,
		out)
}

// typed is the first article that stands in a text.
func typed(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	_, rest, found := strings.Cut(string(b), "\n```\n---\n")
	text, _, closed := strings.Cut(rest, "\n```\n")
	if !found || !closed {
		return "", fmt.Errorf("%s shows no article", file)
	}
	return "---\n" + text + "\n", nil
}

// serving starts a command that serves, and returns the address that it says first; end
// ends it.
func serving(c *exec.Cmd) (base string, end func(), err error) {
	said, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return "", func() {}, err
	}
	base, err = bufio.NewReader(said).ReadString('\n')
	return strings.TrimSpace(base), func() { _ = c.Process.Kill(); _ = c.Wait() }, err // it has nothing to put in order
}
