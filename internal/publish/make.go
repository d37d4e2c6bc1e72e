package publish

import (
	"errors"

	"qinglian/internal/build"
)

// Make makes the folder equal to outputs: those whose key and whose file stand
// as the manifest has them are skipped, the rest are rendered with jobs
// workers. progress is told of each rendered output; it is called from several
// goroutines. On an error nothing is published.
func (d *Dir) Make(outputs []build.Output, old Manifest, jobs int, progress func(total int)) (m Manifest, rendered int, r Result, err error) {
	if err := d.lookAt(outputs, jobs); err != nil {
		return nil, 0, r, err
	}
	var stale []build.Output
	paths := make([]string, len(outputs))
	m = make(Manifest, len(outputs))
	for i, o := range outputs {
		paths[i] = o.Path
		made, known := old[o.Path]
		here, _, _, err := d.at(o.Path)
		if err != nil {
			return nil, 0, r, err
		}
		if known && here.regular && d.owned[o.Path] && made.Key == o.Key && made.Stamp == here.stamp {
			m[o.Path] = made
			continue
		}
		stale = append(stale, o)
	}
	err = build.Render(stale, jobs, func(o build.Output, b []byte) error {
		defer progress(len(stale))
		return d.Stage(o, b)
	})
	if err != nil {
		return nil, 0, r, errors.Join(err, d.Discard())
	}
	r, err = d.Commit(paths)
	if err != nil {
		return nil, 0, r, err
	}
	for _, o := range stale {
		if stamp, ours := d.Stamp(o.Path); ours {
			m[o.Path] = Made{o.Key, stamp}
		}
	}
	return m, len(stale), r, nil
}
