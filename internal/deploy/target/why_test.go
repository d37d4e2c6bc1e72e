package target

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"syscall"
	"testing"
)

// TestWhy: what is common is said in Chinese, with what the machine said behind it.
func TestWhy(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	_, nobody := net.Dial("tcp", closed.Addr().String())
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	_, mismatched := http.Get("https" + strings.TrimPrefix(plain.URL, "http"))
	_, unencrypted := tls.Dial("tcp", plain.Listener.Addr().String(), &tls.Config{ServerName: "localhost"})
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	_, unvouched := http.Get(secure.URL)
	late, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	for _, c := range []struct {
		err  error
		want string
	}{
		{nobody, "那台机器的这个端口没有人应"},
		{syscall.Errno(10061), "那台机器的这个端口没有人应"},
		{fmt.Errorf("a.html: %w", &net.OpError{Op: "read", Err: syscall.ECONNRESET}), "连接断了"},
		{io.ErrUnexpectedEOF, "连接断了"},
		{&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH}, "到不了那台机器"},
		{&net.DNSError{Err: "no such host", Name: "nas.invalid", IsNotFound: true}, "没有叫 nas.invalid 的主机"},
		{&net.DNSError{Err: "i/o timeout", Name: "nas.invalid", IsTimeout: true}, "查不到主机 nas.invalid 在哪里"},
		{&url.Error{Op: "Get", Err: context.Cause(late)}, "等了很久，那边没有回答"},
		{unencrypted, "那个端口不加密"},
		{mismatched, "那个端口不加密"},
		{unvouched, "证书不是这台电脑信任的机构发的"},
		{x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}, "证书过期了"},
		{x509.HostnameError{Certificate: &x509.Certificate{}, Host: "www.example.org"}, "证书是发给别的名字的，不是 www.example.org"},
		{fmt.Errorf("%w (and no agent answers: %w)", ErrLogin, syscall.ECONNREFUSED), "用户名、密码或密钥不对"},
		{fmt.Errorf("key: %w", ErrPassphrase), "私钥文件上了锁"},
		{refused(coded{"AccessDenied", errors.New("the server answers 403")}), "这个密钥没有权限"},
		{&textproto.Error{Code: 552, Msg: "Exceeded storage allocation"}, "服务器上没有空间了"},
	} {
		said := Why(c.err)
		if !strings.HasPrefix(said.ZH, c.want) || !strings.HasSuffix(said.ZH, "（原文："+c.err.Error()+"）") || !strings.HasSuffix(said.EN, " ("+c.err.Error()+")") {
			t.Errorf("%v: %s; %s", c.err, said.ZH, said.EN)
		}
	}
	if said := Why(errors.New("what nobody knows")); said.ZH != "what nobody knows" {
		t.Error(said)
	}
}
