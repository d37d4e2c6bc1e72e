package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// cold measures builds from nothing, beside Hugo's and the floor.
func (j *job) cold() (string, error) {
	var rows [][]string
	for _, n := range []int{j.articles / 10, j.articles} {
		more, err := j.coldOf(n)
		if err != nil {
			return "", err
		}
		rows = append(rows, more...)
	}
	head := "## 从零构建 From nothing, %s\n\n%d runs, sides in turn; Hugo %s.\n\n"
	return fmt.Sprintf(head, j.on(), j.runs, j.hugoVersion) +
		table(2, []string{"articles", "side", "wall", "CPU", "peak memory", "files", "size", "an article's page",
			"wall : Hugo", "CPU : Hugo", "wall : floor", "CPU : floor"}, rows) + "\n", nil
}

func (j *job) on() string {
	if j.where == "memory" {
		return "内存文件系统 in memory"
	}
	return "磁盘 on a disk"
}

const floorSide = "the floor"

func (j *job) coldOf(n int) ([][]string, error) {
	var sides []side
	var made []string // the folder that each writes
	for _, v := range variants {
		site, err := j.site(n, v)
		if err != nil {
			return nil, err
		}
		sides = append(sides, j.build(site, v.name, clean))
		made = append(made, filepath.Join(site, "public"))
	}
	content := filepath.Join(filepath.Dir(made[0]), "content")
	floor := filepath.Join(j.dir, "floor")
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	emptied := func(int) error { return os.RemoveAll(floor) }
	sides = append(sides, side{name: floorSide, before: emptied, run: func() *exec.Cmd {
		return command(j.dir, own, "-floor", content, "-into", floor)
	}})
	sides = append(sides, j.hugoSides(content)...)
	made = append(made, floor, filepath.Join(j.dir, "hugo-public"))
	all, err := j.alternate(sides...)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	var pages []int64
	var hugo runs
	if len(all) > 3 {
		hugo = all[3]
	}
	for i, s := range sides {
		x, err := extentOf(made[i])
		if err != nil {
			return nil, err
		}
		pages = append(pages, x.page())
		m := all[i].median()
		rows = append(rows, []string{
			fmt.Sprint(n), s.name, seconds(m.wall), seconds(m.cpu), mebibytes(m.memory),
			fmt.Sprint(x.files), megabytes(x.bytes), kilobytes(x.page()),
			times(all[i].beside(hugo, wall)), times(all[i].beside(hugo, cpu)),
			times(all[i].beside(all[2], wall)), times(all[i].beside(all[2], cpu)),
		})
	}
	j.remember(n, bareHugo, all[0].beside(hugo, wall))
	j.remember(n, shippedHugo, all[1].beside(hugo, wall))
	j.remember(n, bareFloor, all[0].beside(all[2], wall))
	j.remember(n, shippedFloor, all[1].beside(all[2], wall))
	j.remember(n, memoryHugo, all[1].beside(hugo, memory))
	if hugo != nil {
		j.remember(n, pageHugo, float64(pages[1])/float64(pages[3]))
	}
	return rows, nil
}

// edit measures builds on top of the last one.
func (j *job) edit() (string, error) {
	var sites []string
	for _, v := range variants {
		site, err := j.site(j.articles, v)
		if err != nil {
			return "", err
		}
		sites = append(sites, site)
	}
	var rows [][]string
	for _, e := range edits {
		var sides []side
		for i, v := range variants {
			sides = append(sides, j.again(sites[i], v.name, e.change))
		}
		sides = append(sides, j.hugoSides(filepath.Join(sites[0], "content"))...)
		all, err := j.alternate(sides...)
		if err != nil {
			return "", err
		}
		var hugo runs
		if len(all) > 2 {
			hugo = all[2]
		}
		for i, s := range sides {
			rows = append(rows, editRow(e.what, s.name, all[i], hugo))
		}
		j.remember(j.articles, e.what, all[1].beside(hugo, wall))
	}
	head := "## 改一处 What an edit costs, %s\n\n%d articles, a new process each time; %d runs, sides in turn; " +
		"Hugo %s, which builds the whole site.\n\n"
	return fmt.Sprintf(head, j.on(), j.articles, j.runs, j.hugoVersion) + table(2, editColumns("Hugo"), rows) +
		"\n", nil
}

func editColumns(other string) []string {
	return []string{"change", "side", "wall", "CPU", "peak memory", "wall : " + other, "CPU : " + other}
}

func editRow(what, name string, r, other runs) []string {
	m := r.median()
	return []string{what, name, seconds(m.wall), seconds(m.cpu), mebibytes(m.memory),
		times(r.beside(other, wall)), times(r.beside(other, cpu))}
}

// large builds ten times as many articles, once, and an edit of that.
func (j *job) large() (string, error) {
	n := j.articles * 10
	var rows [][]string
	for _, v := range variants {
		site, err := j.site(n, v)
		if err != nil {
			return "", err
		}
		f, err := measure(command(site, j.ours, "build"))
		if err != nil {
			return "", err
		}
		rows = append(rows, editRow("from nothing", v.name, runs{f}, nil)[:5])
		for _, e := range edits[:3] {
			all, err := j.alternate(j.again(site, v.name, e.change))
			if err != nil {
				return "", err
			}
			rows = append(rows, editRow(e.what, v.name, all[0], nil)[:5])
		}
		if err := os.RemoveAll(site); err != nil {
			return "", err
		}
	}
	head := "## 大站 A large site, %s\n\n%d articles; one run from nothing, %d of each edit.\n\n"
	return fmt.Sprintf(head, j.on(), n, j.runs) +
		table(2, editColumns("")[:5], rows) + "\n", nil
}
