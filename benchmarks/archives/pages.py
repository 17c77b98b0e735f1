"""Reports as web pages, in the manners of the usual site systems, and as saved pages."""

from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from random import Random

from .drafts import Block
from .reports import GeneratedReport
from .tables import Cell

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
# Head, foot and element of the article by site system; {title}, {org}, {date} and {body} are filled in.
_SITES = {
    "trs": (
        '<div class="header"><ul class="nav"><li>首页</li><li>政务公开</li><li>办事服务</li></ul></div>'
        '<div class="crumb">当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>'
        '<h1 class="title">{title}</h1>'
        '<div class="info">发布时间：{date}　来源：{org}　浏览次数：<span id="hits">128</span></div>'
        '<div class="TRS_Editor">{body}</div><div class="share">分享到：微信 微博</div>'
    ),
    "jcms": (
        '<table width="100%" class="bt"><tr><td>索引号：</td><td>{index}</td>'
        "<td>发布机构：</td><td>{org}</td></tr>"
        "<tr><td>成文日期：</td><td>{date}</td><td>有效性：</td><td>有效</td></tr></table>"
        '<div id="zoom"><p class="bt" style="text-align:center"><b>{title}</b></p>{body}</div>'
        '<div class="prevnext">上一篇：关于做好防汛工作的通知</div>'
    ),
    "epoint": (
        '<div class="ewb-location">您现在的位置：首页 / 信息公开 / 年度报告</div>'
        '<h2 class="ewb-article-tt">{title}</h2><div class="ewb-article-info">{body}</div>'
        '<div class="toolbar">【打印】【关闭】</div>'
    ),
    "ucap": (
        '<div class="pages-title">{title}</div><div class="pages_content" id="UCAPCONTENT">{body}</div>'
        '<p class="editor">责任编辑：张晓</p>'
    ),
    "wordpress": (
        '<article><h1 class="entry-title">{title}</h1><div class="entry-content">{body}</div></article>'
        '<aside class="sidebar"><h3>近期文章</h3><ul><li>节日放假公告</li></ul></aside>'
    ),
    "plain": "<h2>{title}</h2>{body}",
}
_FOOT = '<div class="footer">主办：{org}　网站标识码：{index}　备案号：000000号　联系电话：0000-0000000</div>'


def page(report: GeneratedReport, rng: Random, site: str | None = None, charset: str = "utf-8") -> str:
    """The report as a page of a site system."""
    words = {
        "title": escape(report.title),
        "org": escape(report.org),
        "date": report.published,
        "index": f"{rng.randrange(10**8, 10**9)}",
        "body": "\n".join(_element(block, rng) for block in report.blocks if block.kind != "title"),
    }
    content = (_SITES[site or rng.choice(list(_SITES))] + _FOOT).format(**words)
    encoding = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    head = f"{encoding}<title>{words['title']}</title>"
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{head}</head>\n<body>\n{content}\n</body></html>\n'


def _element(block: Block, rng: Random) -> str:
    if block.kind == "table":
        rows = "\n".join("<tr>" + "".join(_cell(cell, rng) for cell in row) + "</tr>" for row in block.rows)
        return f'<table border="1" cellspacing="0"><tbody>\n{rows}\n</tbody></table>'
    inner = escape(block.line)
    return f"<p><strong>{inner}</strong></p>" if block.kind == "heading" else f"<p>　　{inner}</p>"


def _cell(cell: Cell, rng: Random) -> str:
    spans = "".join(
        f' {name}="{size}"'
        for name, size in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if size > 1
    )
    inner = escape(cell.text)
    return f"<td{spans}>{f'<p>{inner}</p>' if rng.random() < 0.3 else inner}</td>"


def html(report: GeneratedReport, rng: Random) -> bytes:
    return page(report, rng).encode()


def html_gb(report: GeneratedReport, rng: Random) -> bytes:
    """A page that says gb2312, as old sites do, and is GB18030."""
    return page(report, rng, charset="gb2312").encode("gb18030")


def saved_page(report: GeneratedReport, rng: Random, folder: str) -> str:
    """A page as browsers save it complete, its companions in `folder`."""
    style = f'<link rel="stylesheet" href="./{folder}/style.css">'
    links = f'{style}<script src="./{folder}/share.js"></script></head>'
    return (
        page(report, rng)
        .replace("</head>", links)
        .replace("<body>", f'<body><img src="./{folder}/logo.png">')
    )


COMPANIONS = {
    "style.css": b"body{font:16px/1.8 serif}",
    "share.js": b"document.write('share');",
    "logo.png": PIXEL,
    "saved_resource.html": "<html><body>分享到微信</body></html>".encode(),
}


def mhtml(report: GeneratedReport, rng: Random) -> bytes:
    """A page with its pictures in one file, as Chrome and Edge save it (RFC 2557)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "http://www.example.gov.cn/zwgk/nb/index.html"
    message["Subject"] = report.title
    message.set_content(page(report, rng), subtype="html", cte="quoted-printable")
    message.add_related(PIXEL, "image", "png", cte="base64")
    return b"MIME-Version: 1.0\r\n" + message.as_bytes().replace(b"MIME-Version: 1.0\r\n", b"")
