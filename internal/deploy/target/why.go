package target

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"slices"
	"syscall"

	"qinglian/internal/diag"
)

// ErrLogin is what a target returns when the server does not take who somebody says to be.
var ErrLogin = fmt.Errorf("%w: the user, the password or the key is not the right one", ErrRefused)

// coded is an answer of an object store.
type coded struct {
	code string
	error
}

// Why says why something on a network failed: what people can do about it, where the kind of
// the error tells, and behind it the machine's own words, for whoever is asked for help.
func Why(err error) diag.Text {
	if known := kind(err); known != (diag.Text{}) {
		return diag.Say("%s（原文：%s）", "%s (%s)", known, err.Error())
	}
	return diag.Why(err)
}

// The system's numbers; those above 10000 are what Windows calls the same.
var (
	nobody      = []syscall.Errno{syscall.ECONNREFUSED, 10061}
	cut         = []syscall.Errno{syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE, 10053, 10054}
	unreachable = []syscall.Errno{syscall.EHOSTUNREACH, syscall.ENETUNREACH, 10050, 10051, 10065}
)

func is(err error, numbers []syscall.Errno) bool {
	return slices.ContainsFunc(numbers, func(n syscall.Errno) bool { return errors.Is(err, n) })
}

// Nowhere reports whether an address leads to no server at all. Of who asks for the first
// time it is most likely mistyped.
func Nowhere(err error) bool {
	var name *net.DNSError
	return errors.As(err, &name) && name.IsNotFound || is(err, nobody)
}

// kind says what sort of an error it is; "" if that is not known.
func kind(err error) diag.Text {
	var name *net.DNSError
	var plain tls.RecordHeaderError
	var line net.Error
	switch {
	case errors.Is(err, ErrPassphrase):
		return diag.Say("私钥文件上了锁，口令没有写或不对", "the key file is locked, and its passphrase is missing or wrong")
	case errors.Is(err, ErrLogin): // it may say of an agent, too, why that could not be reached
		return diag.Say("用户名、密码或密钥不对", "the user, the password or the key is not the right one")
	case errors.As(err, &name) && name.IsNotFound:
		return diag.Say("没有叫 %s 的主机：看看名字写对没有", "there is no host called %s: see whether the name is right", name.Name)
	case errors.As(err, &name):
		return diag.Say("查不到主机 %s 在哪里：看看网络通不通",
			"where %s is can't be found out: see whether the network works", name.Name)
	case is(err, nobody):
		return diag.Say("那台机器的这个端口没有人应：看看端口写对没有，服务开着没有",
			"nobody answers at that port: see whether it is the right one, and whether the service runs")
	case is(err, unreachable):
		return diag.Say("到不了那台机器：看看网线、VPN、防火墙",
			"that machine can't be reached: see to the cable, the VPN, the firewall")
	case errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return diag.Say("那个端口不加密（没有 TLS）：看看端口写对没有", "that port does not speak TLS: see whether it is the right one")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &line) && line.Timeout():
		return diag.Say("等了很久，那边没有回答：看看网络通不通、防火墙放不放行",
			"there was no answer for long: see whether the network works, and what the firewall lets through")
	case is(err, cut), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return diag.Say("连接断了", "the connection was cut")
	}
	if said := certificate(err); said != (diag.Text{}) {
		return said
	}
	return answered(err)
}

// certificate says why a certificate is not good.
func certificate(err error) diag.Text {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown):
		return diag.Say("证书不是这台电脑信任的机构发的", "the certificate is of nobody whom this machine trusts")
	case errors.As(err, &name):
		return diag.Say("证书是发给别的名字的，不是 %s", "the certificate is for another name than %s", name.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return diag.Say("证书过期了，或者这台电脑的日期不对", "the certificate has expired, or this machine's date is wrong")
	case errors.As(err, &invalid):
		return diag.Say("证书不合规定", "the certificate is not as it must be")
	}
	return diag.Text{}
}

// answered says what a server's answer means.
func answered(err error) diag.Text {
	var store coded
	var ftp *textproto.Error
	switch {
	case errors.As(err, &store) && store.code == "AccessDenied":
		return diag.Say("这个密钥没有权限读写这个桶", "the key may not read and write in this bucket")
	case errors.As(err, &store) && store.code == "NoSuchBucket":
		return diag.Say("没有这个桶：看看 to 里的名字", "there is no such bucket: see the name in to")
	case errors.As(err, &store) && store.code == "RequestTimeTooSkewed":
		return diag.Say("这台电脑的时间不对", "this machine's clock is wrong")
	case errors.As(err, &ftp) && (ftp.Code == 452 || ftp.Code == 552):
		return diag.Say("服务器上没有空间了", "there is no room left on the server")
	}
	return diag.Text{}
}
