# SPDX-License-Identifier: EUPL-1.2
# Makes protocol.tsv with integers and hashlib alone: run from the root of the checkout.
import hashlib, base64, json
spec=open('tools/gen-field-params.c').read()
import re
def dec(name):
    m=re.search(r'\{"%s", \d+,\s*((?:"[0-9]+"\s*)+)\}'%name,spec); return int(''.join(re.findall(r'"([0-9]+)"',m.group(1))))
P25=2**255-19; L=2**252+27742317777372353535851937790883648493
d=-121665*pow(121666,P25-2,P25)%P25
def add(A,B):
    x1,y1=A;x2,y2=B; k=d*x1*x2*y1*y2%P25
    return ((x1*y2+x2*y1)*pow(1+k,P25-2,P25)%P25,(y1*y2+x1*x2)*pow(1-k,P25-2,P25)%P25)
by=4*pow(5,P25-2,P25)%P25
xx=(by*by-1)*pow(d*by*by+1,P25-2,P25)%P25
bx=pow(xx,(P25+3)//8,P25)
if (bx*bx-xx)%P25: bx=bx*pow(2,(P25-1)//4,P25)%P25
if bx&1: bx=P25-bx
class Ed:
    name='Ed25519'; q=L
    def pow(s,A,n):
        R=(0,1)
        n%=L
        while n:
            if n&1: R=add(R,A)
            A=add(A,A); n>>=1
        return R
    g=(bx,by)
    def mul(s,A,B): return add(A,B)
    def text(s,A): return '%064x'%(A[1]+((A[0]&1)<<255))
class FF:
    def __init__(s,name,pre): s.name=name; s.p=dec(pre+'_p'); s.q=dec(pre+'_q'); s.g=dec(pre+'_g')
    def pow(s,A,n): return pow(A,n%s.q,s.p)
    def mul(s,A,B): return A*B%s.p
    def text(s,A): return str(A)
H=lambda t,q:int(hashlib.sha256(t.encode()).hexdigest(),16)%q
b64=lambda t:base64.b64encode(hashlib.sha256(t.encode()).digest()).decode().rstrip('=')
out=['# KIND GROUP INPUT... OUTPUT, separated by tabs. Computed with integers of another language; see','# docs/protocol.md for what each line is.']
for G in (Ed(),FF('BELENIOS-2048','belenios'),FF('RFC-3526-2048','rfc_3526')):
    for k in ('0','1','2','255',str(G.q-1)):
        out.append('\t'.join(['power',G.name,k,G.text(G.pow(G.g,int(k)))]))
    for t in ('','abc','prove|x|1,2|3'):
        out.append('\t'.join(['challenge',G.name,t or '-',str(H(t,G.q))]))
    for i,x in enumerate((3,int(hashlib.sha256(b'key').hexdigest(),16)%G.q)):
        X=G.pow(G.g,x); w=int(hashlib.sha512(b'nonce%d'%i).hexdigest(),16)%G.q; A=G.pow(G.g,w)
        pre='pok|%s|%s|'%(G.name,G.text(X)); c=H(pre+G.text(A),G.q)
        out.append('\t'.join(['pok',G.name,G.text(X),str(c),str((w-x*c)%G.q)]))
        msg='{"a":1}'; c=H('sigmsg|%s|%s'%(msg,G.text(A)),G.q)
        out.append('\t'.join(['sigmsg',G.name,msg,G.text(X),str(c),str((w-x*c)%G.q)]))
    uuid='GnQagTgeJqLsvY'; cred='AbCdE-FgHjKL-MnPqR-StUvWx'
    x=int(hashlib.sha256(('derive_credential|%s|0|%s'%(uuid,cred)).encode()).hexdigest()+hashlib.sha256(('derive_credential|%s|1|%s'%(uuid,cred)).encode()).hexdigest(),16)%G.q
    out.append('\t'.join(['credential',G.name,uuid,cred,G.text(G.pow(G.g,x))]))
    # a decryption: alpha = g^5, factor = alpha^x, X = g^x; phi of the text "election"
    x=7; phi=b64('election'); alpha=G.pow(G.g,5); f=G.pow(alpha,x); w=11
    c=H('decrypt|%s|%s|%s,%s'%(phi,G.text(G.pow(G.g,x)),G.text(G.pow(G.g,w)),G.text(G.pow(alpha,w))),G.q)
    out.append('\t'.join(['decrypt',G.name,phi,G.text(G.pow(G.g,x)),G.text(alpha),G.text(f),str(c),str((w-x*c)%G.q)]))
    # a bit: alpha = g^r, beta = y^r g^1; branch 0 simulated
    y=G.pow(G.g,9); r=13; al=G.pow(G.g,r); be=G.mul(G.pow(y,r),G.g); S='phi|cred'
    c0,z0,w=17,19,23
    inv=lambda A:G.pow(A,-1)
    A0=G.mul(G.pow(G.g,z0),G.pow(al,c0)); B0=G.mul(G.pow(y,z0),G.pow(be,c0)); A1=G.pow(G.g,w); B1=G.pow(y,w)
    h=H('prove|%s|%s,%s|%s,%s,%s,%s'%(S,*map(G.text,(al,be,A0,B0,A1,B1))),G.q); c1=(h-c0)%G.q
    out.append('\t'.join(['bit',G.name,S,G.text(y),G.text(al),G.text(be),str(c0),str(z0),str(c1),str((w-r*c1)%G.q)]))
out.append('\t'.join(['base64','-','election',b64('election')]))
open('tests/vectors/protocol.tsv','w').write('\n'.join(out)+'\n')
