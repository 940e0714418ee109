// Chinese words around names: roles and titles, verbs of saying, what organisations and places are called by.

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Before a person's name. */
export const ROLES = setOf(`
  记者 患者 病人 用户 客户 顾客 乘客 旅客 民警 警员 警官 交警 辅警 特警 工程师 程序员 教授 副教授 讲师 医生 大夫 医师 护士 护士长 药师 老师 教师
  班主任 学生 同学 男生 女生 司机 驾驶员 驾驶人 车主 业主 工人 员工 职工 雇员 店员 职员 被告 原告 被告人 原告人 上诉人 申请人 被申请人 嫌疑人 犯罪嫌疑人
  受害人 被害人 受害者 当事人 投诉人 举报人 报告人 报案人 证人 负责人 法定代表人 代表 律师 法官 审判长 检察官 局长 副局长 院长 副院长 校长 副校长
  董事长 总经理 副总经理 经理 客户经理 产品经理 主任 副主任 总监 技术总监 首席执行官 首席技术官 总裁 副总裁 创始人 联合创始人 合伙人 研究员 科学家
  专家 学者 同事 邻居 居民 村民 市民 网友 网民 博主 主播 骑手 外卖员 快递员 保安 保洁员 志愿者 义工 画家 演员 作家 歌手 导演 编剧 配音演员 模特 儿子 女儿
  妻子 丈夫 父亲 母亲 爸爸 妈妈 哥哥 弟弟 姐姐 妹妹 爷爷 奶奶 外公 外婆 叔叔 阿姨 男友 女友 前妻 前夫 孙子 孙女 家属 机主 收件人 寄件人 联系人 户主 博士 硕士
  院士 组长 班长 队长 科长 处长 所长 站长 厂长 市长 副市长 县长 镇长 乡长 村长 省长 书记 部长 副部长 总统 总理 主席 首相 议员 大使 发言人 秘书 秘书长
  老人 老汉 男子 女子 青年 少年 女孩 男孩 姑娘 小伙 商人 农民 渔民 店主 老板 房东 租客 租户 房客 教练 运动员 裁判 技术员 操作员 管理员 维修工 分析师 设计师
  会计 出纳 主管 助理 实习生 应聘者 求职者 借款人 贷款人 投保人 名叫 叫做 名为 叫 姓名 名字 名字叫 名字是 姓名为 署名 冒充 自称 死者 伤者 逝者 委托人 代理人 监护人
  主播 队员 船长 机长 飞行员 作者 编辑 译者 歌星 影星 网红 负责人是 受访者 参与者 开发者 创办人 理事长 会长 馆长 台长 社长 主编 总编 总监制 检验员 审核员 调查员 消防员`);

/** Behind a person's name. */
export const SAYS = setOf(`
  说 称 表示 认为 介绍 告诉 回应 指出 承认 否认 辩称 坦言 透露 强调 解释 回忆 补充 提醒 写道 说道 问道 质疑 呼吁 证实 建议 抱怨 回答 答复 主张 请求 起诉 声称
  报警 撰写 审核 签字 出生 反映 投诉 拒绝 发现 驾驶 家住 现年 男 女 被 今年 去年 回家 接到 收到 遭到 遭遇 涉嫌 因涉嫌 死亡 受伤 失踪 离职 辞职 入院 出院 上传 转账 汇款`);

/** Behind a surname alone, or a whole name. */
export const TITLES_BEHIND = setOf(`
  先生 女士 小姐 太太 夫人 医生 大夫 护士 护士长 老师 教授 副教授 博士 经理 总经理 主任 副主任 院长 副院长 局长 副局长 处长 科长 所长 校长 队长 警官 法官 律师
  检察官 师傅 总监 董事长 书记 部长 市长 县长 镇长 村长 班长 组长 同学 阿姨 叔叔 奶奶 爷爷 大爷 大妈 大叔 大姐 大哥 同志 老板 工程师 机长 船长 教练 导演 总裁 院士 研究员 记者`);

/** In front of an organisation's suffix these are no part of its name. */
export const LEADS = setOf(
  '该 涉事 我们 他们 你们 一家 某 某家 这家 那家 其 本 当地 附近 所在 另 另一家 多家 两家 三家 各 各家 有关 相关 上述 所属 同一 某些 一些 全国 国内 国外 境外 我 你 他 她 它 这 那 每 每家 几家 整个 所有 大型 小型 知名 著名 私立 公立 民办 一所 一个 某个 这个 那个',
);

/** A single character that no organisation's or place's name goes on before. */
export const BREAKS = new Set(
  '在由被向从与和据经对是将了的给让把到去称说为就于因按至往及或则而且也都又再才已曾正未不没会能可要请叫使令判致告问答查收看听写做用有等跟同替比除离当每该其这那哪何进住赶冲撞位各',
);

/** End an organisation's name; whatever is specific before them belongs to it. */
export const ORGANISATION_ENDS = setOf(`
  公司 有限公司 有限责任公司 股份有限公司 责任公司 集团公司 集团 控股 分公司 子公司 总公司 大学 学院 医院 卫生院 卫生所 诊所 银行 支行 分行 信用社 研究院 研究所 研究中心 实验室 公安局
  派出所 分局 检察院 法院 政府 人民政府 委员会 管委会 管理局 监督局 管理处 局 厅 署 院 所 部 总局 出版社 报社 通讯社 电视台 广播电台 基金会 协会 学会 联合会 商会 工会 联盟
  律师事务所 会计师事务所 事务所 中学 小学 高中 幼儿园 学校 党校 分校 厂 工厂 酒店 宾馆 商场 图书馆 博物馆 美术馆 体育馆 中心 支队 大队 总队 中队 救援队 办事处 办公室 街道办 居委会 村委会 工作室
  证券 保险 基金 信托 日报 晚报 周刊 杂志社 联社 合作社 养老院 福利院 敬老院 疗养院 监狱 看守所 海关 机场 车站 火车站 气象台 天文台 交易所 俱乐部 教育局 卫健委 发改委 网信办 税务局 消防局`);

/** These also end ordinary words or name a part of a body: what is before them must be surely a name. */
export const WEAK_ENDS = setOf(
  '院 所 部 局 厅 署 厂 保险 基金 政府 中心 控股 车站 机场 证券 信托 联盟 俱乐部 办公室 学校 商场 酒店',
);

/** What a company does, between its name and its form. */
export const BRANCHES = setOf(
  '科技 技术 智能 信息 网络 软件 数据 生物 医药 制药 机器人 汽车 物流 电子 商务 电子商务 传媒 文化 教育 能源 投资 贸易 建筑 实业 发展 咨询 服务 食品 化工 机械 航空 航运 旅游 地产 置业 通信 电器 材料 农业 环保 健康 医疗 半导体 芯片 自动化 人工智能 云计算 计算 检测 监督 管理 研究 控制 预防 设计 制造 生产 销售 出版 开发 交通 运输 建设 工程 培训 鉴定 评估 认证 翻译 广告 保健 卫生 消防 救援 保险 证券 行业',
);

/** End a place's name. */
export const PLACE_ENDS = setOf(
  '省 市 区 县 旗 镇 乡 村 屯 路 街 大街 大道 街道 胡同 巷 弄 里 州 自治州 自治县 自治区 新区 开发区 高新区 小区 社区 新村 花园 公寓 广场 大厦 大桥 立交桥 高速 港 岛 湾 山 江 河 湖',
);
/** Of these only with a known place's name before. */
export const WEAK_PLACE_ENDS = setOf(
  '里 州 旗 屯 港 岛 湾 山 江 河 湖 高速 花园 公寓 广场 大厦 大桥 社区 小区 区 村 街 街道',
);
