package diag

// Nearest is the word of a list that was probably meant by one that is not in
// it: the one with the smallest edit distance, at most a third of its length
// (and at least one) away. "" when none is near.
func Nearest(word string, known []string) string {
	best, distance := "", 1<<30
	for _, k := range known {
		if d := edits([]rune(word), []rune(k)); d < distance {
			best, distance = k, d
		}
	}
	if distance > max(1, len([]rune(best))/3) {
		return ""
	}
	return best
}

// edits is the Levenshtein distance of two words, in characters.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
