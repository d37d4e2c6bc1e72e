// Command screenshots takes pictures of the sample site's pages.
//
//	go run ./cmd/screenshots
//
// takes those of the README, the manual and the page about themes, into docs/. To look at a change, name pages, widths
// in CSS pixels and modes of the theme: each page is taken whole at each width
// in each mode.
//
//	go run ./cmd/screenshots -out FOLDER -pages index.html,showcase.html -widths 375,768,1280 -modes plain,dark
//
// It needs Chromium, as $CHROMIUM or on the path. The site is built anew unless
// -site names a folder with one. If $QINGLIAN_PHOTOS names a folder with photographs
// they stand for the drawn covers, so that pages are judged as offices will have them.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shot is one picture.
type shot struct {
	page, mode    string
	width, height int // height 0 takes all of the page
	file          string
	scale         float64 // pixels of the picture for one of the page; 0: two on a phone, else one
	end           bool    // the page's end instead of its beginning
}

// readme are the pictures that the README shows.
var readme = []shot{
	{page: "index.html", mode: "plain", width: 1280, height: 1010, file: "home.png"},
	{page: "model-sites/tax-bureau.html", mode: "plain", width: 375, height: 760, file: "model-site.png"},
	{page: "education/ai-lian-shuo.html", mode: "large", width: 375, height: 760, file: "large.png"},
	{page: "education/gift-questions.html", mode: "dark", width: 375, height: 760, file: "dark.png"},
}

func main() {
	out := flag.String("out", "docs/screenshots", "folder for the pictures")
	site := flag.String("site", "", "folder with a site that is built")
	pages := flag.String("pages", "", "pages to take instead of the README's, with commas")
	widths := flag.String("widths", "375,1280", "how wide")
	modes := flag.String("modes", "plain",
		"the theme's modes: plain, large, contrast, dark, with + for several at once; forced: colours that the system forces")
	flag.Parse()
	shots := readme
	if *pages != "" {
		shots = wanted(strings.Split(*pages, ","), strings.Split(*widths, ","), strings.Split(*modes, ","))
	}
	if err := run(*site, *out, shots); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func wanted(pages, widths, modes []string) (shots []shot) {
	for _, page := range pages {
		for _, width := range widths {
			for _, mode := range modes {
				n, err := strconv.Atoi(width)
				if err != nil {
					n = 375
				}
				name := strings.ReplaceAll(strings.TrimSuffix(page, ".html"), "/", "-")
				shots = append(shots, shot{page: page, mode: mode, width: n, file: name + "-" + width + "-" + mode +
					".png"})
			}
		}
	}
	return shots
}

func run(site, out string, shots []shot) error {
	if site == "" {
		built, err := os.MkdirTemp("", "qinglian")
		if err != nil {
			return err
		}
		defer os.RemoveAll(built)
		site = filepath.Join(built, "public")
		source := "."
		if photos := os.Getenv("QINGLIAN_PHOTOS"); photos != "" {
			source = filepath.Join(built, "site")
			if err := photographed(photos, source); err != nil {
				return err
			}
		}
		if said, err := exec.Command("go", "run", "./cmd/qinglian", "build", "--source", source, "--output",
			site).CombinedOutput(); err != nil {
			return fmt.Errorf("build: %w\n%s", err, said)
		}
	}
	site, err := filepath.Abs(site)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	ctx, end, err := open()
	if err != nil {
		return err
	}
	defer end()
	for _, s := range shots {
		if err := s.take(ctx, site, out); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
	}
	if len(shots) == len(readme) && shots[0] == readme[0] {
		if err := article(ctx, out); err != nil {
			return err
		}
		return own(ctx, out)
	}
	return nil
}

// open starts a browser that asks for nothing on its own.
func open() (ctx context.Context, end func(), err error) {
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		if chromium, err = exec.LookPath("chromium"); err != nil {
			return nil, nil, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	ctx, _ = chromedp.NewExecAllocator(ctx, chromedp.ExecPath(chromium), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "zh-CN"))
	ctx, _ = chromedp.NewContext(ctx)
	return ctx, func() { chromedp.Cancel(ctx); cancel() }, chromedp.Do(ctx)
}

// take takes a page of a site that was built.
func (s shot) take(ctx context.Context, site, out string) error {
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(site, s.page)), RawQuery: "mode=" + s.mode}
	return s.takeAt(ctx, address.String(), out)
}

func (s shot) takeAt(ctx context.Context, address, out string) error {
	height := int64(s.height)
	if s.height == 0 {
		height = 800
	}
	scale := s.scale
	if scale == 0 {
		scale = 1
	}
	if s.scale == 0 && s.height > 0 && s.width < 600 {
		scale = 2
	}
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer cancel()
	if s.mode == "forced" {
		forced := []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"},
			{Name: "prefers-color-scheme", Value: "dark"}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia,
			emulation.SetEmulatedMediaParams{Features: forced}); err != nil {
			return err
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(int64(s.width), height, chromedp.EmulateScale(scale)),
		chromedp.Navigate(address),
		chromedp.Sleep(300*time.Millisecond)); err != nil {
		return err
	}
	if s.height == 0 {
		all, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollHeight"))
		if err == nil {
			// what is loaded late comes
			err = chromedp.Do(ctx, chromedp.EmulateViewport(int64(s.width), all), chromedp.Sleep(500*time.Millisecond))
		}
		if err != nil {
			return err
		}
	}
	if s.end {
		if _, err := chromedp.Run(ctx,
			chromedp.Evaluate[bool]("scrollTo({top: document.documentElement.scrollHeight, behavior: \"instant\"}), true")); err != nil {
			return err
		}
		if err := chromedp.Do(ctx, chromedp.Sleep(500*time.Millisecond)); err != nil {
			return err
		}
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, s.file), picture, 0o644)
}
