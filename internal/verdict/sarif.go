package verdict

import (
	"bytes"
	"encoding/json"
	"net/url"
	"unicode/utf16"

	"qinglian/internal/check"
	"qinglian/internal/diag"
	"qinglian/internal/rules"
)

// The parts of a log in SARIF 2.1.0 that are filled in, as the standard names them.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Language    string                   `json:"language"`
		ColumnKind  string                   `json:"columnKind"`
		Bases       map[string]sarifArtifact `json:"originalUriBaseIds"`
		Invocations []sarifInvocation        `json:"invocations"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name     string      `json:"name"`
		Version  string      `json:"version"`
		Language string      `json:"language"`
		Rules    []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string        `json:"id"`
		Short      sarifMessage  `json:"shortDescription"`
		Full       sarifMessage  `json:"fullDescription"`
		Help       sarifMessage  `json:"help"`
		Default    sarifSetting  `json:"defaultConfiguration"`
		Properties *sarifDetails `json:"properties,omitempty"`
	}
	sarifSetting struct {
		Level string `json:"level"`
	}
	sarifDetails struct {
		Source string `json:"source"` // what the rule rests on
		Sure   string `json:"sure"`   // how surely: H, M, L or own
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifMessage       `json:"message"`
		Locations    []sarifLocation    `json:"locations,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Justification string         `json:"justification"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI         string        `json:"uri,omitempty"`
		Base        string        `json:"uriBaseId,omitempty"`
		Description *sarifMessage `json:"description,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// SARIFMark stands near the beginning of each log.
const SARIFMark = `"driver":{"name":"qinglian"`

// root is what addresses in a log are relative to: wherever the site's folder is.
const root = "%SRCROOT%"

// SARIF is the report as a log in SARIF 2.1.0. text gives the text of a file, in which
// columns are counted as the standard counts them, in units of UTF-16.
func (r Report) SARIF(lang diag.Lang, text func(file string) []byte) ([]byte, error) {
	language := "zh-CN"
	if lang == diag.EN {
		language = "en"
	}
	w := sarifWriter{lang: lang, text: text, lines: map[string][][]byte{}, index: map[string]int{}}
	run := sarifRun{Language: language, ColumnKind: "utf16CodeUnits",
		Bases: map[string]sarifArtifact{root: {Description: &sarifMessage{diag.Say("网站文件夹",
			"the site's folder").In(lang)}}}}
	results := make([]sarifResult, 0, len(r.Problems)+len(r.Excused))
	for _, d := range r.Problems {
		results = append(results, w.result(d))
	}
	for _, e := range r.Excused {
		excused := w.result(e.Diagnostic)
		excused.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: e.Reason,
			Location: w.location(e.Where)}}
		results = append(results, excused)
	}
	run.Results = results
	run.Invocations = []sarifInvocation{{Successful: true, Notifications: w.unread(r.Unread)}}
	run.Tool.Driver = sarifDriver{"qinglian", r.Program, language, w.rules}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
	return b.Bytes(), err
}

type sarifWriter struct {
	lang  diag.Lang
	text  func(file string) []byte
	lines map[string][][]byte // of files that were asked for
	rules []sarifRule
	index map[string]int // in rules
}

func (w *sarifWriter) result(d diag.Diagnostic) sarifResult {
	said := d.Message.In(w.lang)
	if hint := d.Hint.In(w.lang); hint != "" {
		said = diag.Say("%s\n改法：%s", "%s\nTo mend it: %s", d.Message, d.Hint).In(w.lang)
	}
	out := sarifResult{RuleID: d.Rule, RuleIndex: w.rule(d), Level: d.Severity.String(), Message: sarifMessage{said}}
	if at := w.location(d); at != nil {
		out.Locations = []sarifLocation{*at}
	}
	return out
}

// rule is the index of a diagnostic's rule among those of the log.
func (w *sarifWriter) rule(d diag.Diagnostic) int {
	if i, ok := w.index[d.Rule]; ok {
		return i
	}
	rule := sarifRule{ID: d.Rule, Default: sarifSetting{d.Severity.String()}}
	if page, ok := rules.Find(d.Rule); ok {
		rule.Short.Text, rule.Full.Text, rule.Help.Text = page.Title.In(w.lang), page.Text.In(w.lang), page.Show(w.lang)
		rule.Default.Level = page.Severities[0].String()
		if page.Check {
			rule.Properties = &sarifDetails{page.Source.In(w.lang), page.Sure}
		}
	}
	w.index[d.Rule] = len(w.rules)
	w.rules = append(w.rules, rule)
	return w.index[d.Rule]
}

// location is the place of a diagnostic; nil if it is about the site as a whole.
func (w *sarifWriter) location(d diag.Diagnostic) *sarifLocation {
	if d.File == "" {
		return nil
	}
	at := &sarifLocation{sarifPhysical{Artifact: sarifArtifact{URI: (&url.URL{Path: d.File}).EscapedPath(),
		Base: root}}}
	if d.Line == 0 {
		return at
	}
	region := &sarifRegion{StartLine: d.Line, StartColumn: w.column(d.File, d.Line, d.Column)}
	if d.EndLine > 0 {
		region.EndLine, region.EndColumn = d.EndLine, w.column(d.File, d.EndLine, d.EndColumn)
	}
	at.Physical.Region = region
	return at
}

// column turns a column in characters into one in units of UTF-16.
func (w *sarifWriter) column(file string, line, column int) int {
	lines, known := w.lines[file]
	if !known {
		lines = bytes.Split(w.text(file), []byte("\n"))
		w.lines[file] = lines
	}
	if line > len(lines) || column < 2 {
		return column
	}
	before := []rune(string(lines[line-1]))
	before = before[:min(column-1, len(before))]
	return column - len(before) + len(utf16.Encode(before))
}

// unread are the files that could not be looked into, as the standard says so.
func (w *sarifWriter) unread(files []check.Unread) (list []sarifNotification) {
	for _, u := range files {
		why := diag.Say("未检查：%s", "not examined: %s", u.Why).In(w.lang)
		list = append(list, sarifNotification{"warning", sarifMessage{why},
			[]sarifLocation{*w.location(diag.Diagnostic{File: u.File})}})
	}
	return list
}
