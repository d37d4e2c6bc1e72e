package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// figures are those of one process.
type figures struct {
	wall, cpu time.Duration
	memory    int64 // bytes; 0 if it is not known
}

// measure runs a command, from a small process of its own: Linux begins to count the
// memory of a process before its program is in place, with what its parent has. What the
// command says is thrown away unless it fails.
func measure(c *exec.Cmd) (figures, error) {
	own, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	args := append([]string{"-one", c.Path}, c.Args[1:]...)
	starter := command(c.Dir, own, args...)
	starter.Env = c.Env
	var said bytes.Buffer
	starter.Stderr = &said
	line, err := starter.Output()
	if err != nil {
		return figures{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, said.String())
	}
	var f figures
	_, err = fmt.Sscan(string(line), &f.wall, &f.cpu, &f.memory)
	return f, err
}

// one is that process: it runs a command and prints its figures, as integers.
func one(args []string) error {
	c := exec.Command(args[0], args[1:]...)
	began := time.Now()
	said, err := c.CombinedOutput()
	wall := time.Since(began)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	fmt.Println(int64(wall), int64(cpu), largest(c.ProcessState))
	return nil
}

// command is a program to be run in a folder.
func command(dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir
	return c
}

// runs are those of one side, in the order in which they were made.
type runs []figures

func (r runs) median() figures {
	pick := func(of func(figures) int64) int64 {
		values := make([]int64, len(r))
		for i, f := range r {
			values[i] = of(f)
		}
		return medianOf(values)
	}
	return figures{
		time.Duration(pick(func(f figures) int64 { return int64(f.wall) })),
		time.Duration(pick(func(f figures) int64 { return int64(f.cpu) })),
		pick(func(f figures) int64 { return f.memory }),
	}
}

func medianOf[T int64 | float64 | time.Duration](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}

// beside is how many times as much the runs took as those of the other side that stood
// next to them; 0 where there is nothing to compare.
func (r runs) beside(other runs, of func(figures) int64) float64 {
	var all []float64
	for i := range min(len(r), len(other)) {
		if of(other[i]) != 0 {
			all = append(all, float64(of(r[i]))/float64(of(other[i])))
		}
	}
	if len(all) == 0 {
		return 0
	}
	return medianOf(all)
}

func wall(f figures) int64   { return int64(f.wall) }
func cpu(f figures) int64    { return int64(f.cpu) }
func memory(f figures) int64 { return f.memory }

// trusted is how old a file has to be for its stamp to be trusted, and more.
const trusted = 2100 * time.Millisecond

// side is one of the things compared.
type side struct {
	name   string
	rest   time.Duration       // how long its folder is left alone between runs
	before func(run int) error // what is done before a run and not counted, or nil
	run    func() *exec.Cmd
}

// alternate runs the sides in turn, once uncounted.
func (j *job) alternate(sides ...side) ([]runs, error) {
	all, ended := make([]runs, len(sides)), make([]time.Time, len(sides))
	for i := range ended {
		ended[i] = time.Now()
	}
	for run := range j.runs + 1 {
		for i, s := range sides {
			time.Sleep(time.Until(ended[i].Add(s.rest)))
			f, err := j.once(s, run)
			if err != nil {
				return nil, err
			}
			if ended[i] = time.Now(); run > 0 {
				all[i] = append(all[i], f)
			}
		}
	}
	return all, nil
}

// once runs a side after what goes before it. What waits to be written to the disk by then
// is no part of the run.
func (j *job) once(s side, run int) (figures, error) {
	if s.before != nil {
		if err := s.before(run); err != nil {
			return figures{}, err
		}
	}
	if j.where == "disk" {
		flush()
	}
	return measure(s.run())
}
