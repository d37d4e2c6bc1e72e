package check

import "qinglian/internal/diag"

// lateTask is about what was promised by a day that is over.
var lateTask = Rule{Name: "late-task", Sure: OwnSense, Site: func(w *Whole) {
	for _, d := range w.passed(TaskDone) {
		w.Report(diag.Diagnostic{Rule: "late-task", Severity: diag.Warning,
			Message: diag.Say("%s过了办结期限 %s，还没有办结%s", "%s was to be done by %s and is not%s", d.What, on(d.Day), d.by()),
			Hint: diag.Say("办好了，进度写 已办结；没有办好，在进展里说明原因和新的期限",
				"set its state to 已办结 (done), or say in its progress why not, and give another day"),
		}.Placed(d.Where))
	}
}}
