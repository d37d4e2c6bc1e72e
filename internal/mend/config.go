package mend

import (
	"strings"

	"qinglian/internal/config"
)

// Config is what to change in the text of a config.toml (UTF-8, lines ended by
// \n) so that the site has an id: nothing if it has one, or says something of
// its id that is wrong.
//
// The line is put before the first setting, and before the comment that belongs
// to it: nothing above the first setting can be a part of a text or a table.
func Config(text []byte, id string) []Change {
	if config.NewPlaces(text).Find([]string{"id"}) >= 0 {
		return nil
	}
	all := lines(text)
	first := 0
	for first < len(all) && (strings.TrimSpace(all[first]) == "" || isComment(all[first])) {
		first++
	}
	if first == len(all) { // no setting: the last line, which may be empty
		first = len(all) - 1
	}
	for first > 0 && isComment(all[first-1]) {
		first--
	}
	added := []Change{{Line: first + 1, Added: true,
		After: `id = "` + id + `"   # 本站的记号：不要改，也不要抄给别的网站`}}
	if c, _ := config.Parse(Apply(text, added)); c.ID != id {
		return nil // what can't be read is mended first
	}
	return added
}

func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") }
