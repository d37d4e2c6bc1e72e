package serve

import "golang.org/x/sys/windows"

// drives are those that there are. No drive is asked for more, since one that is asleep or
// whose server is gone answers late.
func drives() (all []string) {
	there, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	for n := range 26 {
		if there&(1<<n) != 0 {
			all = append(all, string(rune('A'+n))+`:\`)
		}
	}
	return all
}
