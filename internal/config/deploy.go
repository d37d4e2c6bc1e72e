package config

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"qinglian/internal/diag"
	"qinglian/internal/pattern"
)

// Deploy is a place to which the published folder is carried.
type Deploy struct {
	Name      string `toml:"-"`
	To        string `toml:"to"`          // a folder, zip, or an address with one of Schemes
	Keep      *int   `toml:"keep"`        // how many versions before the present one can be put back; never nil
	Site      string `toml:"site"`        // where readers find it; base_url unless it says otherwise
	Key       string `toml:"key"`         // sftp: a file with the private key
	Endpoint  string `toml:"endpoint"`    // s3: the address of the service
	Region    string `toml:"region"`      // s3
	Trusted   string `toml:"certificate"` // ftps, s3: the SHA-256 of a server's own certificate, or a file of them
	PathStyle bool   `toml:"path_style"`  // s3: the bucket is in the path, not in the host's name

	Scheme string `toml:"-"` // one of Schemes, Folder or Zip
}

// Where a site can be carried besides servers.
const (
	Folder = "folder"
	Zip    = "zip"
)

// Schemes are those of the servers to which a site can be carried.
var Schemes = []string{"sftp", "ftps", "ftp", "s3"}

// kept is how many versions are kept unless the file says otherwise; mostKept is the most.
const (
	kept     = 3
	mostKept = 100
)

// schemed is an address with a scheme. A drive of Windows has one letter only.
var schemed = pattern.Of(`^([A-Za-z][A-Za-z0-9+.-]+)://`)

// hosted is what looks like a server's name, or its number, and perhaps a folder there.
var hosted = pattern.Of(`^[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)+(:[0-9]+)?(/.*)?$`)

// deploys validates the places, in the order of the file; the one called default is the
// first. What can't be carried to is left out.
func (p *parser) deploys(table map[string]Deploy) []Deploy {
	var out []Deploy
	for name, d := range table {
		d.Name = name
		if d, ok := p.deploy(d); ok {
			out = append(out, d)
		}
	}
	turn := func(d Deploy) int {
		if d.Name == "default" {
			return -2
		}
		return p.where().Find([]string{"deploy", d.Name})
	}
	slices.SortFunc(out, func(a, b Deploy) int {
		return cmp.Or(cmp.Compare(turn(a), turn(b)), strings.Compare(a.Name, b.Name))
	})
	return out
}

// deployName is what a place may be called: it is in names of files and of the environment.
var deployName = pattern.Of(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

func (p *parser) deploy(d Deploy) (_ Deploy, ok bool) {
	key := []string{"deploy", d.Name}
	wrong := func(of string, message, hint diag.Text) {
		p.report(diag.Diagnostic{Rule: "config-value", Message: message, Hint: hint}, append(slices.Clone(key), of)...)
	}
	if !deployName().MatchString(d.Name) {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("[deploy.%s] 的名字不能用", "[deploy.%s] can't be called that", d.Name),
			Hint: diag.Say("用小写字母、数字和连字符，如 [deploy.web]",
				"use lower-case letters, digits and hyphens, such as [deploy.web]")}, key...)
		return d, false
	}
	if d.Keep == nil {
		d.Keep = new(int)
		*d.Keep = kept
	}
	if *d.Keep < 0 || *d.Keep > mostKept {
		wrong("keep", diag.Say("“keep”不能是 %d", "keep can't be %d", *d.Keep),
			diag.Say("写 0 到 %d：留几个以前的版本，用来退回",
				"write 0 to %d: how many earlier versions are kept to go back to", mostKept))
		*d.Keep = kept
	}
	if d.Site = strings.TrimSpace(d.Site); d.Site != "" {
		var q parser
		if site := q.baseURL(d.Site); site != "" {
			d.Site = site
		} else {
			wrong("site", BaseURLProblem(d.Site).Message, BaseURLProblem(d.Site).Hint)
			d.Site = ""
		}
	}
	message, hint := d.settle()
	if message != (diag.Text{}) {
		wrong("to", message, hint)
		return d, false
	}
	p.deployKeys(d)
	return d, true
}

// settle finds out where To leads, or why it can't.
func (d *Deploy) settle() (message, hint diag.Text) {
	to := strings.TrimSpace(d.To)
	d.To = to
	switch {
	case to == "":
		return diag.Say("[deploy.%s] 没有写送到哪里", "[deploy.%s] does not say where to", d.Name),
			diag.Say("写一行 to，如 to = \"sftp://用户@www.example.org/var/www/html\"、to = \"../发布\" 或 to = \"zip\"",
				"add a line to, such as to = \"sftp://user@www.example.org/var/www/html\", to = \"../out\" or to = \"zip\"")
	case to == Zip, strings.HasPrefix(to, Zip+":"):
		d.Scheme = Zip
		return message, hint
	}
	if m := schemed().FindStringSubmatch(to); m != nil {
		return d.server(to, strings.ToLower(m[1]))
	}
	if scheme, _, ok := strings.Cut(strings.ToLower(to), ":"); ok && slices.Contains(Schemes, scheme) {
		return d.unread(scheme)
	}
	if at, rest, ok := strings.Cut(to, ":"); ok && strings.Contains(at, "@") {
		return diag.Say("“%s”不是完整的地址", "%q is no whole address", to),
			diag.Say("写成 to = \"sftp://%s/%s\"", "write to = \"sftp://%s/%s\"", at, strings.TrimPrefix(rest, "/"))
	}
	d.Scheme = Folder
	if clean := path.Clean(strings.ReplaceAll(to, `\`, "/")); relative(clean) && clean != ".." &&
		!strings.HasPrefix(clean, "../") {
		if hosted().MatchString(to) {
			return diag.Say("“%s”不是完整的地址", "%q is no whole address", to),
				diag.Say("送到服务器，写怎么送：to = \"sftp://用户@%[1]s\"；是文件夹，写网站文件夹外面的，如 to = \"../发布\"",
					"for a server, say how it gets there: to = \"sftp://user@%[1]s\"; for a folder, name one outside of the site's, such as to = \"../out\"", to)
		}
		return diag.Say("文件夹“%s”在网站文件夹里面", "the folder %q is inside the site's own", to),
			diag.Say("写网站文件夹外面的，如 to = \"../发布\" 或 to = 'E:\\网站'；public 文件夹已经由 build 写好了",
				"name one outside of it, such as to = \"../out\"; the folder public is written by build already")
	}
	return message, hint
}

// relative reports whether a folder's path begins at the site, on any system.
func relative(clean string) bool {
	return !strings.HasPrefix(clean, "/") && !strings.HasPrefix(clean, "~") && !Drive(clean)
}

// Drive reports whether a path begins with a drive of Windows.
func Drive(path string) bool { return len(path) > 1 && path[1] == ':' }

// unread is about an address that can't be read. Its text may hold a password that broke
// it: it is not repeated.
func (d *Deploy) unread(scheme string) (message, hint diag.Text) {
	hint = diag.Say("写成 %[1]s://用户@主机/文件夹；密码不写在这里", "write %[1]s://user@host/folder, without a password", scheme)
	if scheme == "s3" {
		hint = diag.Say("写成 s3://存储桶/文件夹；密码不写在这里", "write s3://bucket/folder, without a password")
	}
	return diag.Say("[deploy.%s] 的地址写得不对", "the address of [deploy.%s] can't be read", d.Name), hint
}

// server is the address of a server.
func (d *Deploy) server(to, scheme string) (message, hint diag.Text) {
	if !slices.Contains(Schemes, scheme) {
		hint = diag.Say("可以写文件夹、zip，或以 %s 开头的地址", "there are folders, zip, and addresses that begin with %s",
			strings.Join(Schemes, ":// ")+"://")
		if scheme == "https" || scheme == "http" {
			hint = diag.Say("这是读者看的网址，写进 site；to 写怎么送过去，如 sftp://用户@主机/文件夹（问管服务器的人）",
				"that is where readers find it: write it as site; to says how it gets there, such as sftp://user@host/folder "+
					"(ask who runs the server)")
		}
		return diag.Say("不会送到“%s://”", "nothing can be carried to %s://", scheme), hint
	}
	u, err := url.Parse(to)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return d.unread(scheme)
	}
	if _, secret := u.User.Password(); secret || scheme == "s3" && u.User != nil {
		return diag.Say("密码不能写在 config.toml 里：它会跟着网站一起给别人",
				"no password may stand in config.toml: whoever gets the site gets it too"),
			diag.Say("去掉地址里“@”前面的“:密码”（现在就去换一个密码），放进环境变量 %s 或私人文件，见 qinglian deploy --help",
				"take “:password” before the “@” out (and change it now); put it into the environment as %s or into the private file, see "+
					"qinglian deploy --help", d.Secret("PASSWORD"))
	}
	d.Scheme = scheme
	return message, hint
}

// Secret is the name in the environment of one of the place's secrets.
func (d Deploy) Secret(what string) string {
	return "QINGLIAN_DEPLOY_" + strings.ToUpper(strings.ReplaceAll(d.Name, "-", "_")) + "_" + what
}

// deployKeys reports keys that say something of another protocol, and what is dangerous.
func (p *parser) deployKeys(d Deploy) {
	for _, k := range []struct {
		key, schemes string
		set          bool
	}{
		{"key", "sftp", d.Key != ""}, {"endpoint", "s3", d.Endpoint != ""}, {"region", "s3", d.Region != ""},
		{"path_style", "s3", d.PathStyle}, {"certificate", "ftps s3", d.Trusted != ""},
	} {
		if schemes := strings.Fields(k.schemes); k.set && !slices.Contains(schemes, d.Scheme) {
			p.report(diag.Diagnostic{Rule: "config-value",
				Message: diag.Say("“%s”只用于 %s://", "%s is only for %s://", k.key, strings.Join(schemes, ":// ")),
				Hint:    diag.Say("去掉这一行", "take the line out")}, "deploy", d.Name, k.key)
		}
	}
	if d.Scheme == "s3" && d.Endpoint == "" {
		p.report(diag.Diagnostic{Rule: "config-value",
			Message: diag.Say("[deploy.%s] 没有写 endpoint", "[deploy.%s] has no endpoint", d.Name),
			Hint: diag.Say("写服务的地址和地域，如 endpoint = \"https://s3.oss-cn-hangzhou.aliyuncs.com\" 和 region = \"cn-hangzhou\"",
				"give the address and the region of the service, such as endpoint = \"https://s3.oss-cn-hangzhou.aliyuncs.com\" "+
					"and region = \"cn-hangzhou\"")}, "deploy", d.Name, "to")
	}
	if d.Scheme == "ftp" {
		p.add(diag.Warning, diag.Diagnostic{Rule: "plain-ftp",
			Message: diag.Say("ftp:// 的密码和文件在路上谁都看得到", "ftp:// sends the password and all files in the clear"),
			Hint:    diag.Say("服务器支持的话，写成 ftps:// 或 sftp://", "write ftps:// or sftp:// if the server can")},
			"deploy", d.Name, "to")
	}
}
