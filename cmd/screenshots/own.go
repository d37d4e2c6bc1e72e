package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// themesPage shows the changes that offices ask for: each a heading, the files to write
// with their lines, and a picture, which is made of these very lines.
const themesPage = "docs/themes.md"

// change is one of them.
type change struct {
	picture string            // in the page's folder
	files   map[string]string // what stands in each file of the site that it names
}

var (
	ownPicture = regexp.MustCompile(`!\[[^\]]+\]\((screenshots/own-[a-z]+\.png)\)`)
	ownFile    = regexp.MustCompile("(?m)^写[^\n]*`([^`\n]+)`[^\n]*：\n\n```[a-z]*\n((?s:.*?))\n```$")
	tableHead  = regexp.MustCompile(`(?m)^\[.*\]$`)
)

// ownDrawings are files of static/ that the changes name: where they are, or what is in them.
var ownDrawings = map[string]string{
	"hall.svg": "content/model-sites/tax-bureau/hall.svg",
	"logo.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48"><rect width="48" height="48" rx="8" fill="#b4472e"/>` +
		`<path d="M12 37V20l12-9 12 9v17M18 25h12M18 31h12" fill="none" stroke="#fff" stroke-width="3"/></svg>`,
}

// changes are those that the page shows.
func changes(page string) (out []change, err error) {
	_, page, _ = strings.Cut(page, "\n## 常改的六处")
	page, _, _ = strings.Cut(page, "\n## ")
	for _, part := range strings.Split(page, "\n### ")[1:] {
		c := change{files: map[string]string{}}
		for _, m := range ownFile.FindAllStringSubmatch(part, -1) {
			c.files[m[1]] = m[2] + "\n"
		}
		picture := ownPicture.FindStringSubmatch(part)
		if picture == nil || len(c.files) == 0 {
			return nil, fmt.Errorf("%s: no picture or no file: %s", themesPage, part)
		}
		c.picture = picture[1]
		out = append(out, c)
	}
	return out, nil
}

// own takes the pictures of the changes, each with the sample site that has it.
func own(ctx context.Context, out string) error {
	text, err := os.ReadFile(themesPage)
	if err != nil {
		return err
	}
	all, err := changes(string(text))
	if err != nil {
		return err
	}
	for _, c := range all {
		if err := c.take(ctx, out); err != nil {
			return fmt.Errorf("%s: %w", c.picture, err)
		}
	}
	return nil
}

func (c change) take(ctx context.Context, out string) error {
	folder, err := os.MkdirTemp("", "qinglian")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	site := filepath.Join(folder, "site")
	if err := c.write(site); err != nil {
		return err
	}
	output := filepath.Join(folder, "public")
	if said, err := exec.Command("go", "run", "./cmd/qinglian", "build", "--source", site, "--output",
		output).CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, said)
	}
	_, end := c.files["themes/lotus/partials/footer.html"]
	if strings.Contains(c.files["config.toml"], "columns") {
		end = true
	}
	return shot{page: "index.html", mode: "plain", width: 960, height: 600, file: filepath.Base(c.picture), end: end,
		scale: .625}.take(ctx, output, out)
}

// write writes the sample site with the change.
func (c change) write(site string) error {
	config, err := sample(site)
	if err != nil {
		return err
	}
	files := map[string]string{"config.toml": string(config)}
	for name, text := range c.files {
		files[name] = text
	}
	if own := c.files["config.toml"]; own != "" {
		files["config.toml"] = without(string(config), own) + "\n" + own
	}
	for name, drawing := range ownDrawings {
		if !strings.HasPrefix(drawing, "<") {
			b, err := os.ReadFile(drawing)
			if err != nil {
				return err
			}
			drawing = string(b)
		}
		files["static/"+name] = drawing
	}
	for name, text := range files {
		name = filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// without is a config.toml without the tables that others take the place of.
func without(config, others string) string {
	heads := tableHead.FindAllStringIndex(config, -1)
	kept := config[:heads[0][0]]
	for i, at := range heads {
		end := len(config)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		if !strings.Contains("\n"+others, "\n"+config[at[0]:at[1]]+"\n") {
			kept += config[at[0]:end]
		}
	}
	return kept
}
