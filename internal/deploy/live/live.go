// Package live compares what readers are given at an address with what was delivered.
//
// Each file is fetched whole: a server's word on a file (its size, its time, its tag) is no
// proof of what it holds, and whoever changed the file may have changed that. Responses
// may come compressed; what is compared is what a reader gets. A server may answer with
// some page where there is none: an address that nobody has is asked for first, and what
// looks like that answer is missing.
//
// It is done politely: a few requests at once, so many a second, and with a name.
package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"

	"qinglian/internal/deploy"
	"qinglian/internal/digest"
)

// Kind is what is wrong with a file.
type Kind string

// The kinds.
const (
	Missing   Kind = "missing"
	Different Kind = "different"
	Script    Kind = "script" // different, with a script that we did not write
	Failed    Kind = "failed" // the server did not answer, or not with the file
)

// Finding is a file that is not as it was delivered.
type Finding struct {
	Path string
	Kind Kind
	What string // the script, or why it failed
	Err  error  // that it failed for, if it is the line's
}

// How says how a site is looked at.
type How struct {
	Site   string                            // its address, with a slash at the end
	Read   func(deploy.File) ([]byte, error) // what was delivered, if that is known: it tells scripts apart
	Every  time.Duration                     // between two requests; 0: none is waited for
	Client *http.Client
	Step   func() // after each file; may be nil
}

// mostBody is how much of a response is read.
const mostBody = 512 << 20

// atOnce is how many requests run at the same time.
const atOnce = 4

// Compare fetches files and returns those that are not as they were delivered, by path.
func (h How) Compare(ctx context.Context, files []deploy.File) (found []Finding, err error) {
	none, err := h.nowhere(ctx)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, f := range files {
		if i > 0 && h.Every > 0 {
			select {
			case <-ctx.Done():
				return nil, errors.Join(group.Wait(), ctx.Err())
			case <-time.After(h.Every):
			}
		}
		group.Go(func() error {
			finding, err := h.look(ctx, f, none)
			mu.Lock()
			defer mu.Unlock()
			if finding.Kind != "" {
				found = append(found, finding)
			}
			if h.Step != nil {
				h.Step()
			}
			return err
		})
	}
	err = group.Wait()
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Path, b.Path) })
	return found, err
}

// nowhere is the digest of what the server answers where nothing is, if it does so with 200.
func (h How) nowhere(ctx context.Context) (digest.Digest, error) {
	status, body, err := h.get(ctx, "qinglian-none-"+digest.Of([]byte(h.Site)).String()+".html")
	if err != nil {
		return digest.Digest{}, fmt.Errorf("%s: %w", h.Site, err)
	}
	if status != http.StatusOK {
		return digest.Digest{}, nil
	}
	return digest.Of(body), nil
}

// look fetches a file. Only what ends the whole is an error.
func (h How) look(ctx context.Context, f deploy.File, none digest.Digest) (Finding, error) {
	if err := ctx.Err(); err != nil {
		return Finding{}, err
	}
	status, body, err := h.get(ctx, f.Path)
	sum := digest.Of(body)
	switch {
	case ctx.Err() != nil:
		return Finding{}, ctx.Err()
	case err != nil:
		return Finding{f.Path, Failed, err.Error(), err}, nil
	case status == http.StatusOK && sum == f.Sum:
		return Finding{}, nil
	case status == http.StatusNotFound && f.Path == "404.html": // some servers give it with that status only
		if sum == f.Sum {
			return Finding{}, nil
		}
	case status == http.StatusNotFound, status == http.StatusGone, status == http.StatusOK && sum == none:
		return Finding{Path: f.Path, Kind: Missing}, nil
	case status != http.StatusOK:
		return Finding{Path: f.Path, Kind: Failed,
			What: fmt.Sprintf("HTTP %d %s", status, http.StatusText(status))}, nil
	}
	if script := h.foreign(f, body); script != "" {
		return Finding{Path: f.Path, Kind: Script, What: script}, nil
	}
	return Finding{Path: f.Path, Kind: Different}, nil
}

// foreign is a script in a page that what was delivered does not have.
func (h How) foreign(f deploy.File, body []byte) string {
	if h.Read == nil || !strings.HasSuffix(f.Path, ".html") {
		return ""
	}
	ours, err := h.Read(f)
	if err != nil {
		return ""
	}
	known := scripts(ours)
	for _, s := range scripts(body) {
		if !slices.Contains(known, s) {
			return s
		}
	}
	return ""
}

// longest is how much of a script is named.
const longest = 120

// scripts are what may run in a page, each in a few words: scripts by address or text,
// frames and what is embedded, handlers in attributes, and addresses that are scripts.
func scripts(page []byte) (out []string) {
	z := html.NewTokenizer(bytes.NewReader(page))
	for z.Next() != html.ErrorToken {
		t := z.Token()
		if t.Type != html.StartTagToken && t.Type != html.SelfClosingTagToken {
			continue
		}
		address := "" // as the attribute that has it
		for _, a := range t.Attr {
			value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			switch {
			case a.Key == "src" || a.Key == "data":
				address = " " + a.Key + "=" + a.Val
			case strings.HasPrefix(a.Key, "on"), strings.HasPrefix(value, "javascript:"):
				out = append(out, short("<"+t.Data+" "+a.Key+"="+a.Val+">"))
			}
		}
		switch t.Data {
		case "script", "iframe", "frame", "object", "embed":
			text := ""
			if t.Data == "script" && z.Next() == html.TextToken {
				text = string(z.Raw())
			}
			out = append(out, short("<"+t.Data+address+"> "+text))
		}
	}
	return out
}

// short is a text on one line, cut with a mark of the whole where it is long.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "… " + digest.Of([]byte(s)).Short()
	}
	return s
}

// get asks for a path of the site.
func (h How) get(ctx context.Context, path string) (status int, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.Site+(&url.URL{Path: path}).EscapedPath(), nil)
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("User-Agent", "qinglian deploy --verify")
	r.Header.Set("Cache-Control", "no-cache")
	answer, err := h.Client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	body, err = io.ReadAll(io.LimitReader(answer.Body, mostBody))
	return answer.StatusCode, body, errors.Join(err, answer.Body.Close())
}

// Sample picks n files, others on each day: the home page, then as the day has it.
func Sample(files []deploy.File, n int, day time.Time) []deploy.File {
	if n <= 0 || n >= len(files) {
		return files
	}
	turn := func(f deploy.File) string {
		if f.Path == "index.html" {
			return ""
		}
		return digest.Of([]byte(day.Format(time.DateOnly) + f.Path)).String()
	}
	out := slices.Clone(files)
	slices.SortFunc(out, func(a, b deploy.File) int { return strings.Compare(turn(a), turn(b)) })
	return out[:n]
}
