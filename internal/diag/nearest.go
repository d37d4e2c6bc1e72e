package diag

import "unicode/utf8"

// longest is how many characters a word has at most that is compared: that takes
// the square of them.
const longest = 300

// Nearest is the word of a list that was probably meant by one that is not in
// it: the one with the smallest edit distance, at most a third of its length
// (and at least one) away. "" when none is near.
func Nearest(word string, known []string) string {
	best, distance := "", 1<<30
	length := utf8.RuneCountInString(word)
	if length > longest {
		return ""
	}
	for _, k := range known {
		if n := utf8.RuneCountInString(k); max(n-length, length-n) > max(1, n/3) {
			continue // as many characters lack, or are too many
		}
		if d := edits([]rune(word), []rune(k)); d < distance {
			best, distance = k, d
		}
	}
	if distance > max(1, len([]rune(best))/3) {
		return ""
	}
	return best
}

// edits is the optimal string alignment distance of two words, in characters:
// one typed wrong, left out or put in counts one, as do two exchanged.
func edits(a, b []rune) int {
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j]+cost, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}
