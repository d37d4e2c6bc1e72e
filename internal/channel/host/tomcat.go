package host

import "strings"

// TomcatName is what the folder is called in Tomcat's webapps, which says where the site
// stands.
func (v server) TomcatName() string {
	if v.Bare() == "" {
		return "ROOT"
	}
	return strings.ReplaceAll(strings.Trim(v.Base, "/"), "/", "#")
}
