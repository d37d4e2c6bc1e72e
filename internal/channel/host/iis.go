package host

// kept is how long files below a path may be kept, as IIS reads it.
type kept struct{ Path, Age string }

// Kept are the paths for which it is not the same as for all: IIS knows no patterns
// without a module that it mostly lacks, so it goes by folders.
func (server) Kept() []kept {
	const days = "365.00:00:00"
	return []kept{{"assets", days}, {"search", days}, {"search/index.js", "00:05:00"}}
}

// iisMost is how many bytes of redirects a web.config may have: IIS refuses the whole
// site if one is larger than 250 KB.
const iisMost = 200_000

// iisEach is what one takes besides its addresses.
const iisEach = 220

// Fitting are the addresses that IIS is told of. At any others the page stays that leads
// on (channel/web), which is there in any case: IIS passes these lines over if its
// feature HTTP Redirection is not installed.
//
// A folder's address is told by that of its index.html: a redirect of the folder would
// be one of all that is in it.
func (v server) Fitting() []moved {
	room := iisMost
	for i, m := range v.Moved {
		if room -= iisEach + len(m.From) + len(v.Link) + len(m.To); room < 0 {
			return v.Moved[:i]
		}
	}
	return v.Moved
}
